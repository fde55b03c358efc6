import { useInfiniteQuery } from '@tanstack/react-query';
import { MessageCircleQuestion } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { useCan } from '@/shared/session/session';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { Textarea } from '@/shared/ui/input';
import { Card, Section } from '@/shared/ui/page';
import { EmptyState, ErrorState, SkeletonRows } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';
import { DateTime, RelativeTime } from '@/shared/ui/values';

import { useAskQuestion } from '../api/mutations';
import { boardQuestionsQuery } from '../api/queries';

const QUESTION_MAX = 2000;

interface ShownQuestion {
  text: string;
  answer: string | null;
  answered_at: string | null;
  created_at?: string;
  mine?: boolean;
}

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
        {query.isPending ? (
          <SkeletonRows rows={2} />
        ) : query.error !== null && query.data === undefined ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
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

/** The questions themselves; those without an answer say so. */
export function QuestionRows({ questions }: { questions: readonly ShownQuestion[] }): ReactNode {
  const { t } = useTranslation('board');
  if (questions.length === 0) {
    return (
      <EmptyState
        icon={MessageCircleQuestion}
        title={t('questions.empty')}
        text={t('questions.empty_text')}
        className="py-8"
      />
    );
  }
  return (
    <ul className="divide-y divide-line">
      {questions.map((question, index) => (
        <li key={index} className="flex flex-col gap-1.5 px-4 py-3 text-body">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <p className="font-medium whitespace-pre-line">{question.text}</p>
            <span className="flex items-center gap-2 text-small text-muted">
              {question.mine === true && <Badge>{t('questions.mine')}</Badge>}
              {question.created_at !== undefined && <RelativeTime value={question.created_at} />}
            </span>
          </div>
          {question.answer === null ? (
            <p className="text-muted">{t('questions.waiting')}</p>
          ) : (
            <div className="border-l-2 border-accent pl-3">
              <p className="whitespace-pre-line">{question.answer}</p>
              <p className="text-small text-muted">
                <DateTime value={question.answered_at} />
              </p>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

const schema = z.object({ text: z.string().trim().min(1).max(QUESTION_MAX) });

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
