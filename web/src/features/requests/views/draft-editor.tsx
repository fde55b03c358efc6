import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useIsUploading } from '@/shared/api/upload';
import { useZodForm } from '@/shared/forms/form';
import { Button } from '@/shared/ui/button';
import { Link } from '@/shared/ui/link';
import { Card, PageBody, PageHeader, Section } from '@/shared/ui/page';
import { Stepper } from '@/shared/ui/progress';

import { EDITOR_STEPS, type EditorStep, type RequestView } from '../api/types';
import { AutosaveNote, AutosaveProblem } from '../components/autosave-note';
import { DeadlineSection } from '../forms/deadline-section';
import { LinesSection } from '../forms/lines-section';
import type { RequestForm } from '../forms/request-form';
import { TermsSection } from '../forms/terms-section';
import { type Autosave, useAutosave } from '../forms/use-autosave';
import { VendorsSection } from '../forms/vendors-section';
import { WhatSection } from '../forms/what-section';
import { EMPTY_LINE, requestSchema, valuesOf } from '../model/values';
import { ReviewStep } from './review-step';

interface DraftEditorProps {
  request: RequestView;
  step: EditorStep;
  onStep: (step: EditorStep) => void;
  onPublished: () => void;
  onReload: () => void;
  /** Whether a spending limit asks for approval before publishing, composed by the route. */
  approval: ReactNode;
}

/** The guided form of a draft: one thing at a time, kept while it is typed. */
export function DraftEditor(props: DraftEditorProps): ReactNode {
  const { request, step, onStep, onReload } = props;
  const { t } = useTranslation(['requests', 'common']);
  const values = valuesOf(request);
  const form = useZodForm(requestSchema, {
    ...values,
    lines: values.lines.length === 0 ? [{ ...EMPTY_LINE }] : values.lines,
  });
  const autosave = useAutosave(request, form);
  const isUploading = useIsUploading();
  const at = EDITOR_STEPS.indexOf(step);
  const before = EDITOR_STEPS[at - 1];
  const after = EDITOR_STEPS[at + 1];
  const go = (next: EditorStep): void => {
    void autosave.flush();
    onStep(next);
  };
  return (
    <PageBody>
      <PageHeader
        eyebrow={
          <Link to="/app/requests/$requestId" params={{ requestId: request.id }}>
            {request.title}
          </Link>
        }
        title={t(`steps.${step}`)}
        documentTitle={`${t(`steps.${step}`)} · ${request.title}`}
        actions={<AutosaveNote state={autosave.state} />}
      />
      <Stepper
        label={t('steps.label')}
        current={step}
        isFree
        steps={EDITOR_STEPS.map((id) => ({ id, label: t(`steps.${id}`) }))}
        onSelect={(id) => go(id as EditorStep)}
      />
      <AutosaveProblem
        state={autosave.state}
        onRetry={() => void autosave.flush()}
        onReload={onReload}
      />
      <form
        noValidate
        className="flex flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          if (after !== undefined) go(after);
        }}
      >
        <StepContent {...props} form={form} autosave={autosave} />
        <div className="flex flex-wrap justify-between gap-2">
          {before === undefined ? (
            <span />
          ) : (
            <Button onClick={() => go(before)}>{t('common:words.back')}</Button>
          )}
          {after !== undefined && (
            <Button type="submit" variant="primary" isPending={isUploading}>
              {t('common:words.next')}
            </Button>
          )}
        </div>
      </form>
    </PageBody>
  );
}

interface StepContentProps extends DraftEditorProps {
  form: RequestForm;
  autosave: Autosave;
}

function StepContent({
  request,
  step,
  form,
  autosave,
  onStep,
  onPublished,
  approval,
}: StepContentProps): ReactNode {
  const { t } = useTranslation('requests');
  switch (step) {
    case 'what':
      return (
        <Card>
          <WhatSection form={form} />
        </Card>
      );
    case 'lines':
      return (
        <Section title={t('lines.title')} text={t('lines.text')}>
          <LinesSection form={form} />
        </Section>
      );
    case 'terms':
      return (
        <Section title={t('terms.title')} text={t('terms.text')}>
          <Card>
            <TermsSection form={form} />
          </Card>
        </Section>
      );
    case 'vendors':
      return (
        <Section title={t('vendors.title')}>
          <Card>
            <VendorsSection
              form={form}
              request={request}
              beforeInvite={autosave.flush}
              onVersion={autosave.onVersion}
            />
          </Card>
        </Section>
      );
    case 'deadline':
      return (
        <Section title={t('deadline.title')}>
          <Card>
            <DeadlineSection form={form} />
          </Card>
        </Section>
      );
    case 'review':
      return (
        <ReviewStep
          request={request}
          values={form.getValues()}
          flush={autosave.flush}
          onStep={onStep}
          onPublished={onPublished}
          approval={approval}
        />
      );
  }
}
