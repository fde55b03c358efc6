import { useQuery } from '@tanstack/react-query';
import { MessageCircleQuestion } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { useCan } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Badge } from '@/shared/ui/badge';
import { Textarea } from '@/shared/ui/input';
import { Card } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';
import { RelativeTime } from '@/shared/ui/values';

import { useAnswerQuestion } from '../api/mutations';
import { questionsQuery } from '../api/queries';
import type { QuestionView } from '../api/types';

const ANSWER_MAX = 4000;
const answerSchema = z.object({
  answer: z.string().check(z.trim(), z.minLength(1), z.maxLength(ANSWER_MAX)),
});

/** What suppliers asked, answered in place. */
export function QuestionsTab({ requestId }: { requestId: string }): ReactNode {
  const { t } = useTranslation('requests');
  const can = useCan();
  const query = useQuery(questionsQuery(requestId));
  const { data } = query;
  if (data === undefined)
    return (
      <Card isFlush>
        <Awaiting query={query} skeleton={<SkeletonRows rows={3} />} />
      </Card>
    );
  if (data.items.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={MessageCircleQuestion}
          title={t('questions.empty')}
          text={t('questions.empty_text')}
        />
      </Card>
    );
  }
  // Those that wait for an answer come first; within each group the oldest.
  const sorted = [...data.items].sort(
    (a, b) => Number(a.answer !== null) - Number(b.answer !== null),
  );
  return (
    <ul className="flex flex-col gap-3">
      {sorted.map((question) => (
        <li key={question.id}>
          <Card className="flex flex-col gap-3">
            <Asked question={question} />
            {question.answer === null
              ? can('requests:write') && (
                  <AnswerForm requestId={requestId} questionId={question.id} />
                )
              : null}
          </Card>
        </li>
      ))}
    </ul>
  );
}

function Asked({ question }: { question: QuestionView }): ReactNode {
  const { t } = useTranslation('requests');
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2 text-small text-muted">
        <span>
          {question.organisation === null
            ? t('questions.somebody')
            : t('questions.asked_by', { name: question.organisation.name })}
          {' · '}
          <RelativeTime value={question.created_at} />
        </span>
        {question.answer === null && <Badge tone="waiting">{t('questions.waiting')}</Badge>}
      </div>
      <p className="text-reading whitespace-pre-line">{question.text}</p>
      {question.answer !== null && (
        <div className="border-l-2 border-accent pl-3">
          <p className="text-small text-muted">
            {t('questions.answered_at')} <RelativeTime value={question.answered_at} />
          </p>
          <p className="text-body whitespace-pre-line">{question.answer}</p>
        </div>
      )}
    </>
  );
}

function AnswerForm({
  requestId,
  questionId,
}: {
  requestId: string;
  questionId: string;
}): ReactNode {
  const { t } = useTranslation('requests');
  const answer = useAnswerQuestion(requestId);
  const form = useZodForm(answerSchema, { answer: '' });
  return (
    <Form
      form={form}
      className="flex flex-col gap-3"
      onSubmit={async (values) => {
        await answer.mutateAsync({ questionId, answer: values.answer });
        showDone(t('questions.answered'));
      }}
    >
      <FormField
        form={form}
        name="answer"
        label={t('questions.answer')}
        hint={t('questions.answer_hint')}
        isRequired
      >
        {(control) => <Textarea {...control} rows={3} maxLength={ANSWER_MAX} />}
      </FormField>
      <div>
        <SubmitButton form={form} variant="secondary">
          {t('questions.send')}
        </SubmitButton>
      </div>
    </Form>
  );
}
