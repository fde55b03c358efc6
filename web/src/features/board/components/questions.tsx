import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { useCan } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { Textarea } from '@/shared/ui/input';
import { Card, Section } from '@/shared/ui/page';
import { SkeletonRows } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';

import { useAskQuestion } from '../api/mutations';
import { boardQuestionsQuery } from '../api/queries';
import { QuestionRows } from './question-rows';

const QUESTION_MAX = 2000;

/** Questions of all vendors with the buyer's answers, and a form for one's own. */
export function Questions({
  requestId,
  isOpen,
}: {
  requestId: string;
  isOpen: boolean;
}): ReactNode {
  const { t } = useTranslation(['board', 'ui']);
  const can = useCan();
  const query = useInfiniteQuery(boardQuestionsQuery(requestId));
  const questions = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t('questions.title')} text={t('questions.text')}>
      <Card isFlush>
        {query.data === undefined ? (
          <Awaiting query={query} skeleton={<SkeletonRows rows={2} />} />
        ) : (
          <QuestionRows questions={questions} />
        )}
        {query.hasNextPage && (
          <div className="border-t border-line p-3 text-center">
            <Button isPending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('questions.more')}
            </Button>
          </div>
        )}
        {isOpen && can('questions:ask') && <AskForm requestId={requestId} />}
      </Card>
    </Section>
  );
}

const schema = z.object({
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(QUESTION_MAX)),
});

function AskForm({ requestId }: { requestId: string }): ReactNode {
  const { t } = useTranslation('board');
  const ask = useAskQuestion(requestId);
  const form = useZodForm(schema, { text: '' });
  return (
    <Form
      form={form}
      className="border-t border-line p-4"
      onSubmit={async ({ text }) => {
        await ask.mutateAsync(text);
        form.reset();
        showDone(t('questions.asked'));
      }}
    >
      <FormField
        form={form}
        name="text"
        label={t('questions.label')}
        hint={t('questions.hint')}
        isRequired
      >
        {(control) => <Textarea {...control} rows={2} maxLength={QUESTION_MAX} />}
      </FormField>
      <SubmitButton form={form} variant="secondary" className="self-start">
        {t('questions.ask')}
      </SubmitButton>
    </Form>
  );
}
