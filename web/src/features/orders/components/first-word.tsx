import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Textarea } from '@/shared/ui/input';
import { Card } from '@/shared/ui/page';

import { useFirstWord } from '../api/mutations';

/** Where nothing has been said about an order yet: the first message opens the conversation. */
export function FirstWord({ orderId }: { orderId: string }): ReactNode {
  const { t } = useTranslation('orders');
  const [text, setText] = useState('');
  const say = useFirstWord(orderId);
  const mayWrite = useCan()('messages:write');
  return (
    <Card className="flex flex-col gap-3">
      <div>
        <h2 className="text-body font-semibold">{t('first_word.title')}</h2>
        <p className="text-small text-muted">{t('first_word.text')}</p>
      </div>
      {mayWrite && (
        <>
          <Field label={t('first_word.label')} isRequired>
            <Textarea
              rows={3}
              maxLength={5000}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </Field>
          <Button
            className="self-end"
            disabled={text.trim() === ''}
            isPending={say.isPending}
            onClick={() => say.mutate(text.trim())}
          >
            {t('first_word.send')}
          </Button>
        </>
      )}
    </Card>
  );
}
