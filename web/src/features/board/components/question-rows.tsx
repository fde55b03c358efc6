import { MessageCircleQuestion } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Badge } from '@/shared/ui/badge';
import { EmptyState } from '@/shared/ui/states';
import { DateTime, RelativeTime } from '@/shared/ui/values';

interface ShownQuestion {
  text: string;
  answer: string | null;
  answered_at: string | null;
  created_at?: string;
  mine?: boolean;
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
