import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import type { CategoryCode } from '@/shared/categories/categories';
import { Form, SubmitButton, useZodForm } from '@/shared/forms/form';
import { useStored } from '@/shared/hooks/browser';
import { useSession } from '@/shared/session/session';
import { Card, PageBody, PageHeader, Section } from '@/shared/ui/page';
import { Stepper } from '@/shared/ui/progress';
import { showProblem } from '@/shared/ui/toast';

import { useCreateRequest, useInviteNewVendors } from '../api/mutations';
import { EDITOR_STEPS, type EditorStep, type Suggestion } from '../api/types';
import { AssistantBox } from '../components/assistant-box';
import { WhatSection } from '../forms/what-section';
import { draftOf } from '../model/suggestion';
import { requestSchema, type RequestValues } from '../model/values';

interface NewRequestProps {
  onCreated: (requestId: string, step: EditorStep) => void;
  /** Templates to start from, composed by the route. */
  templates: ReactNode;
}

/** Begins a request: from a sentence, from a template, or from a title. */
export function NewRequest({ onCreated, templates }: NewRequestProps): ReactNode {
  const { t } = useTranslation('requests');
  const session = useSession();
  const create = useCreateRequest();
  const invite = useInviteNewVendors();
  const [typed, setTyped] = useStored('karavan.requests.new', {
    title: '',
    category: 'other',
    description: '',
  });
  const form = useZodForm(requestSchema, {
    ...BLANK,
    ...typed,
    currency: session?.organisation.currency ?? 'KZT',
  });
  useEffect(
    () =>
      // What is typed before the draft exists stays in this browser.
      form.subscribe({
        formState: { values: true },
        callback: ({ values: { title, category, description } }) =>
          setTyped({ title, category, description }),
      }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `setTyped` is new at every render and does the same
    [form],
  );
  const open = (requestId: string, step: EditorStep): void => {
    setTyped({ title: '', category: 'other', description: '' });
    onCreated(requestId, step);
  };
  const start = async ({
    title,
    category,
    description,
    currency,
  }: RequestValues): Promise<void> => {
    const request = await create.mutateAsync({
      title,
      description,
      currency,
      category: category as CategoryCode,
    });
    open(request.id, 'lines');
  };
  const take = async (suggestion: Suggestion, vendorIds: string[]): Promise<void> => {
    try {
      const request = await create.mutateAsync(draftOf(suggestion));
      // The draft is there whatever becomes of the invitations, so it opens in any case.
      if (vendorIds.length > 0) {
        await invite.mutateAsync({ requestId: request.id, vendorIds }).catch(showProblem);
      }
      open(request.id, 'lines');
    } catch (error) {
      showProblem(error);
    }
  };
  return (
    <PageBody>
      <PageHeader title={t('new.title')} text={t('new.text')} />
      <Stepper
        label={t('steps.label')}
        current="what"
        steps={EDITOR_STEPS.map((id) => ({ id, label: t(`steps.${id}`) }))}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <AssistantBox onTake={take} />
          <Section title={t('new.or')}>
            <Card>
              <Form form={form} onSubmit={start}>
                <WhatSection form={form} />
                <div className="flex justify-end">
                  <SubmitButton form={form}>{t('new.start')}</SubmitButton>
                </div>
              </Form>
            </Card>
          </Section>
        </div>
        {templates}
      </div>
    </PageBody>
  );
}

const BLANK: RequestValues = {
  title: '',
  description: '',
  category: 'other',
  visibility: 'public',
  sealed: false,
  currency: 'KZT',
  budget: null,
  quotes_due_at: '',
  needed_by: '',
  delivery_country: '',
  delivery_place: '',
  delivery_terms: '',
  payment_terms: '',
  lines: [],
  attachments: [],
};
