import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemText } from '@/shared/api/problem-text';
import { loadWords } from '@/shared/i18n/i18n';

import { Banner } from './banner';
import { Button } from './button';
import { Dialog } from './dialog';
import { Field } from './field';
import { Textarea } from './input';

interface ConfirmDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** Does it; the dialog stays open with the reason if it fails. */
  onConfirm: () => Promise<unknown>;
  title: string;
  /** Says what will happen and whether it can be undone. */
  text: ReactNode;
  /** The verb on the button, never “OK”. */
  confirmLabel: string;
  isDangerous?: boolean;
}

/** Asks once more before something that cannot be undone. */
export function ConfirmDialog({
  isOpen,
  onClose,
  onConfirm,
  title,
  text,
  confirmLabel,
  isDangerous = false,
}: ConfirmDialogProps): ReactNode {
  const { t } = useTranslation('ui');
  const { run, isPending, error, reset } = useAttempt();
  const close = (): void => {
    reset();
    onClose();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={title}
      text={text}
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button
            variant={isDangerous ? 'danger' : 'primary'}
            isPending={isPending}
            onClick={() => void run(onConfirm, close)}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      {error !== null && <Banner tone="stopped">{error}</Banner>}
    </Dialog>
  );
}

interface ReasonDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** Does it with the reason, null where none was given. */
  onSubmit: (reason: string | null) => Promise<unknown>;
  title: string;
  text?: ReactNode;
  submitLabel: string;
  isRequired: boolean;
  isDangerous?: boolean;
}

const REASON_LENGTH_MAX = 2000;

/** Asks why, the same way for every transition that wants a reason. */
export function ReasonDialog({
  isOpen,
  onClose,
  onSubmit,
  title,
  text,
  submitLabel,
  isRequired,
  isDangerous = false,
}: ReasonDialogProps): ReactNode {
  const { t } = useTranslation(['ui', 'validation']);
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const { run, isPending, error, reset } = useAttempt();
  const close = (): void => {
    reset();
    setReason('');
    setIsMissing(false);
    onClose();
  };
  const submit = (): void => {
    const given = reason.trim();
    if (isRequired && given === '') setIsMissing(true);
    else void run(() => onSubmit(given === '' ? null : given), close);
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={title}
      text={text}
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button
            variant={isDangerous ? 'danger' : 'primary'}
            isPending={isPending}
            onClick={submit}
          >
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {error !== null && <Banner tone="stopped">{error}</Banner>}
        <Field
          label={t('reason.label')}
          hint={t('reason.hint')}
          isRequired={isRequired}
          error={isMissing ? t('validation:required') : undefined}
        >
          <Textarea
            value={reason}
            maxLength={REASON_LENGTH_MAX}
            onChange={(event) => {
              setReason(event.target.value);
              setIsMissing(false);
            }}
          />
        </Field>
      </form>
    </Dialog>
  );
}

interface Attempt {
  run: (work: () => Promise<unknown>, onDone: () => void) => Promise<void>;
  isPending: boolean;
  error: string | null;
  reset: () => void;
}

/** Runs work that a dialog waits for, and keeps what went wrong to show it there. */
function useAttempt(): Attempt {
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  return {
    isPending,
    error,
    reset: () => setError(null),
    run: async (work, onDone) => {
      setIsPending(true);
      setError(null);
      try {
        await work();
        onDone();
      } catch (failure) {
        await loadWords('problems');
        setError(problemText(failure).message);
      } finally {
        setIsPending(false);
      }
    },
  };
}
