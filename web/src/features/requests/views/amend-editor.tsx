import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import { Form, SubmitButton, useZodForm } from '@/shared/forms/form';
import { Field } from '@/shared/ui/field';
import { Textarea } from '@/shared/ui/input';
import { ButtonLink, Link } from '@/shared/ui/link';
import { Card, PageBody, PageHeader, Section } from '@/shared/ui/page';
import { showDone } from '@/shared/ui/toast';

import { useAmendRequest } from '../api/mutations';
import type { RequestView } from '../api/types';
import { DeadlineSection } from '../forms/deadline-section';
import { LinesSection } from '../forms/lines-section';
import { TermsSection } from '../forms/terms-section';
import { WhatSection } from '../forms/what-section';
import { amendment, requestSchema, valuesOf } from '../model/values';

/** Changes a published request in the open: only what differs is sent, with a word to the suppliers. */
export function AmendEditor({
  request,
  onDone,
}: {
  request: RequestView;
  onDone: () => void;
}): ReactNode {
  const { t } = useTranslation(['requests', 'ui']);
  const [original] = useState(() => valuesOf(request));
  const [note, setNote] = useState('');
  const form = useZodForm(requestSchema, original);
  const amend = useAmendRequest(request.id);
  const values = useWatch({ control: form.control }) as typeof original;
  const isUnchanged = Object.keys(amendment(original, values)).length === 0;
  return (
    <PageBody>
      <PageHeader
        eyebrow={
          <Link to="/app/requests/$requestId" params={{ requestId: request.id }}>
            {request.number} · {request.title}
          </Link>
        }
        title={t('amend.title')}
        text={t('amend.text')}
      />
      <Form
        form={form}
        className="flex flex-col gap-8"
        onSubmit={async (next) => {
          await amend.mutateAsync({
            ...amendment(original, next),
            note: note.trim(),
            version: request.version,
          });
          showDone(t('amend.done'));
          onDone();
        }}
      >
        <Section title={t('steps.what')}>
          <Card>
            <WhatSection form={form} />
          </Card>
        </Section>
        <Section title={t('lines.title')} text={t('lines.text')}>
          <LinesSection form={form} />
        </Section>
        <Section title={t('terms.title')}>
          <Card>
            <TermsSection form={form} isCurrencyFixed />
          </Card>
        </Section>
        <Section title={t('deadline.title')}>
          <Card>
            <DeadlineSection form={form} min={request.quotes_due_at ?? new Date().toISOString()} />
          </Card>
        </Section>
        <Card className="flex flex-col gap-4">
          <Field label={t('fields.note')} hint={t('amend.note_hint')}>
            <Textarea
              value={note}
              maxLength={10_000}
              onChange={(event) => setNote(event.target.value)}
            />
          </Field>
          <div className="flex flex-wrap items-center gap-2">
            <SubmitButton form={form} disabled={isUnchanged}>
              {t('amend.submit')}
            </SubmitButton>
            <ButtonLink to="/app/requests/$requestId" params={{ requestId: request.id }}>
              {t('ui:cancel')}
            </ButtonLink>
            {isUnchanged && <span className="text-small text-muted">{t('amend.nothing')}</span>}
          </div>
        </Card>
      </Form>
    </PageBody>
  );
}
