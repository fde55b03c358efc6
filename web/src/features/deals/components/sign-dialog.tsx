import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemText } from '@/shared/api/problem-text';
import { useSession } from '@/shared/session/session';
import type { CustomActionProps } from '@/shared/ui/action-bar';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/choice';
import { Dialog } from '@/shared/ui/dialog';

import { TermsDetails } from './terms-details';
import { useDeal } from './deal-context';

/** Shows exactly what is signed, by its number and hash; newer terms are never signed by accident. */
export function SignDialog({ isOpen, onClose, onSubmit }: CustomActionProps): ReactNode {
  const { t } = useTranslation(['deals', 'common', 'ui']);
  const deal = useDeal();
  const session = useSession();
  const [read, setRead] = useState<string | null>(null);
  const [isPending, setIsPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { number, content_sha256: hash } = deal.terms;
  // Terms that changed under the open dialog must be read again.
  const hasRead = read === hash;
  const sign = async (): Promise<void> => {
    setIsPending(true);
    setProblem(null);
    try {
      await onSubmit({ terms_number: number, content_sha256: hash });
      onClose();
    } catch (error) {
      setProblem(problemText(error).message);
    } finally {
      setIsPending(false);
    }
  };
  const isLast = deal.signed_by.length > 0;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="large"
      title={t('sign.title', { number: String(number), deal: deal.number })}
      text={t(isLast ? 'sign.last_text' : 'sign.first_text')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={!hasRead}
            isPending={isPending}
            onClick={() => void sign()}
          >
            {t('common:actions.sign')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {problem !== null && <Banner tone="stopped">{problem}</Banner>}
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
