import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemText } from '@/shared/api/problem-text';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Textarea } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { type ReviewView, useReply } from '../api/queries';

interface ReplyDialogProps {
  review: ReviewView;
  onClose: () => void;
}

/** The seller's answer to a review, written or written anew. */
export function ReplyDialog({ review, onClose }: ReplyDialogProps): ReactNode {
  const { t } = useTranslation(['reviews', 'ui']);
  const reply = useReply(review);
  const [text, setText] = useState(review.reply?.text ?? '');
  const isTakenAway = review.reply !== null && text.trim() === '';
  const submit = (): void =>
    reply.mutate(text.trim(), {
      onSuccess: () => {
        showDone(t(isTakenAway ? 'reply_removed' : 'replied'));
        onClose();
      },
    });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('reply_title')}
      text={t('reply_text')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={review.reply === null && text.trim() === ''}
            isPending={reply.isPending}
            onClick={submit}
          >
            {t(isTakenAway ? 'reply_remove' : 'reply')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {reply.error !== null && <Banner tone="stopped">{problemText(reply.error).message}</Banner>}
        <Field label={t('reply_label')} hint={t('text_hint')} isRequired>
          <Textarea
            rows={5}
            maxLength={5000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
      </div>
    </Dialog>
  );
}
