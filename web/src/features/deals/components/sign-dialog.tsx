import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Problem, toProblem } from '@/shared/api/problem';
import { useSession } from '@/shared/session/session';
import { ApprovalProblem, isForApproval, isUndecided } from '@/shared/trade/approval-problem';
import type { CustomActionProps } from '@/shared/ui/action-bar';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/choice';
import { Dialog } from '@/shared/ui/dialog';
import { showDone } from '@/shared/ui/toast';

import { useAskToSign } from '../api/queries';
import { TermsDetails } from './terms-details';
import { useDeal } from './deal-context';

/** Shows exactly what is signed, by its number and hash; newer terms are never signed by accident. */
export function SignDialog({ isOpen, onClose, onSubmit }: CustomActionProps): ReactNode {
  const { t } = useTranslation(['deals', 'approvals', 'common', 'ui']);
  const deal = useDeal();
  const session = useSession();
  const [read, setRead] = useState<string | null>(null);
  const [isPending, setIsPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const ask = useAskToSign(deal);
  const { number, content_sha256: hash } = deal.terms;
  // Terms that changed under the open dialog must be read again.
  const hasRead = read === hash;
  const close = (): void => {
    setProblem(null);
    onClose();
  };
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    setIsPending(true);
    setProblem(null);
    try {
      await work();
      close();
      return true;
    } catch (error) {
      setProblem(toProblem(error));
      return false;
    } finally {
      setIsPending(false);
    }
  };
  const sign = (): Promise<boolean> =>
    attempt(() => onSubmit({ terms_number: number, content_sha256: hash }));
  const askToSign = async (): Promise<void> => {
    if (await attempt(() => ask.mutateAsync())) showDone(t('approvals:needed.terms_asked'));
  };
  const isAsking = problem !== null && isForApproval(problem) && !isUndecided(problem);
  const isLast = deal.signed_by.length > 0;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      size="large"
      title={t('sign.title', { number: String(number), deal: deal.number })}
      text={t(isLast ? 'sign.last_text' : 'sign.first_text')}
      footer={
        <>
          <Button onClick={close}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={!hasRead}
            isPending={isPending}
            onClick={() => void (isAsking ? askToSign() : sign())}
          >
            {t(isAsking ? 'approvals:needed.ask' : 'common:actions.sign')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TermsDetails terms={deal.terms} />
        <Fingerprint hash={hash} />
        <Checkbox
          label={t('sign.read', {
            name: session?.user.display_name ?? '',
            organisation: session?.organisation.name ?? '',
          })}
          isChecked={hasRead}
          onChange={(isChecked) => setRead(isChecked ? hash : null)}
        />
        {/* Long terms are signed from their end: what is wrong is shown there, and brought into sight. */}
        {problem !== null && (
          <div ref={(element) => element?.scrollIntoView({ block: 'nearest' })}>
            <ApprovalProblem problem={problem} subject="terms" />
          </div>
        )}
      </div>
    </Dialog>
  );
}

/** The hash of what is or was signed, in full: it is there to be compared. */
export function Fingerprint({ hash }: { hash: string }): ReactNode {
  const { t } = useTranslation('deals');
  return (
    <p className="text-small text-muted">
      {t('sign.hash')} <code className="font-mono break-all text-ink select-all">{hash}</code>
    </p>
  );
}
