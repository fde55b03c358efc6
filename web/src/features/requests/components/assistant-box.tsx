import { Sparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { toProblem } from '@/shared/api/problem';
import { problemText } from '@/shared/api/problem-text';
import { currentLanguage } from '@/shared/i18n/i18n';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Textarea } from '@/shared/ui/input';
import { Card } from '@/shared/ui/page';

import { useSuggestion } from '../api/mutations';
import type { Suggestion } from '../api/types';
import { SuggestionCard } from './suggestion-card';

const TEXT_MAX = 4000;
const TEXT_MIN = 3;

interface AssistantBoxProps {
  /** Makes a draft of what was proposed, with the vendors that the person left chosen. */
  onTake: (suggestion: Suggestion, vendorIds: string[]) => Promise<unknown>;
}

/** Drafts a request from a sentence. A server without the assistant shows no box. */
export function AssistantBox({ onTake }: AssistantBoxProps): ReactNode {
  const { t } = useTranslation('requests');
  const [text, setText] = useState('');
  const suggest = useSuggestion();
  if (suggest.error !== null && toProblem(suggest.error).status === 404) return null;
  const canAsk = text.trim().length >= TEXT_MIN;
  const ask = (): void => {
    if (canAsk) suggest.mutate({ text: text.trim(), locale: currentLanguage() });
  };
  return (
    <Card className="flex flex-col gap-4">
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <Field label={t('new.describe')} hint={t('new.describe_hint')} isRequired>
          <Textarea
            rows={3}
            value={text}
            maxLength={TEXT_MAX}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) ask();
            }}
          />
        </Field>
        <div>
          <Button type="submit" icon={Sparkles} disabled={!canAsk} isPending={suggest.isPending}>
            {t('new.suggest')}
          </Button>
        </div>
      </form>
      {suggest.error !== null && (
        <Banner tone="stopped">{problemText(suggest.error).message}</Banner>
      )}
      {suggest.data !== undefined && (
        <SuggestionCard
          key={suggest.submittedAt}
          suggestion={suggest.data}
          onDismiss={() => suggest.reset()}
          onTake={(vendorIds) => onTake(suggest.data, vendorIds)}
        />
      )}
    </Card>
  );
}
