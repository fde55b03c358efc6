import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { wholeProblemText } from '@/shared/api/problem-text';
import type { CustomActionProps } from '@/shared/ui/action-bar';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { DateTimeField } from '@/shared/ui/date-fields';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Textarea } from '@/shared/ui/input';

import { deadlineIn } from '../model/deadlines';

const REASON_MAX = 2000;
const EXTENSION_DAYS = 3;

/** Asks for the later deadline. */
export function ExtendDialog({
  isOpen,
  onClose,
  onSubmit,
  deadline,
}: CustomActionProps & { deadline: string | null }): ReactNode {
  const { t } = useTranslation(['requests', 'common', 'ui']);
  const [due, setDue] = useState(() =>
    deadlineIn(EXTENSION_DAYS, new Date(Math.max(Date.now(), Date.parse(deadline ?? '') || 0))),
  );
  const [reason, setReason] = useState('');
  const { send, isPending, error } = useSending(onSubmit, onClose);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('common:actions.extend')}
      text={t('extend.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            isPending={isPending}
            disabled={due === ''}
            onClick={() => void send({ quotes_due_at: due, reason: reason.trim() || null })}
          >
            {t('common:actions.extend')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {error !== null && <Banner tone="stopped">{error}</Banner>}
        <Field label={t('extend.new')} isRequired>
          <DateTimeField value={due} onChange={setDue} min={deadline ?? new Date().toISOString()} />
        </Field>
        <Field label={t('fields.reason')}>
          <Textarea
            value={reason}
            maxLength={REASON_MAX}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      </div>
    </Dialog>
  );
}

/** Asks once more before suppliers are told, and says what is missing where it cannot be. */
export function PublishDialog({ isOpen, onClose, onSubmit }: CustomActionProps): ReactNode {
  const { t } = useTranslation(['requests', 'common', 'ui']);
  const { send, isPending, error } = useSending(onSubmit, onClose);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('review.publish')}
      text={t('review.publish_text')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button variant="primary" isPending={isPending} onClick={() => void send({})}>
            {t('review.publish')}
          </Button>
        </>
      }
    >
      {error !== null && <Banner tone="stopped">{error}</Banner>}
    </Dialog>
  );
}

function useSending(
  onSubmit: CustomActionProps['onSubmit'],
  onClose: () => void,
): {
  send: (body: Record<string, unknown>) => Promise<void>;
  isPending: boolean;
  error: string | null;
} {
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  return {
    isPending,
    error,
    send: async (body) => {
      setIsPending(true);
      setError(null);
      try {
        await onSubmit(body);
        onClose();
      } catch (failure) {
        setError(wholeProblemText(failure));
      } finally {
        setIsPending(false);
      }
    },
  };
}
