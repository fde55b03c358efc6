import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { createContext, use, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemText } from '@/shared/api/problem-text';
import type { CustomActionProps } from '@/shared/ui/action-bar';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';

/** The quote whose page the dialogs of its actions stand on. */
export const QuoteIdContext = createContext('');

/** After an amendment: the offer stands as it is, or is changed first. */
export function ReconfirmDialog({ isOpen, onClose, onSubmit }: CustomActionProps): ReactNode {
  const { t } = useTranslation('quotes');
  const quoteId = use(QuoteIdContext);
  const navigate = useNavigate();
  const [isPending, setIsPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const stand = async (): Promise<void> => {
    setIsPending(true);
    try {
      await onSubmit({});
      onClose();
    } catch (error) {
      setProblem(problemText(error).message);
    } finally {
      setIsPending(false);
    }
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('reconfirm.title')}
      text={t('reconfirm.text')}
      footer={
        <>
          <Button
            onClick={() => void navigate({ to: '/app/quotes/$quoteId/edit', params: { quoteId } })}
          >
            {t('reconfirm.change')}
          </Button>
          <Button variant="primary" isPending={isPending} onClick={() => void stand()}>
            {t('reconfirm.stands')}
          </Button>
        </>
      }
    >
      {problem !== null && <Banner tone="stopped">{problem}</Banner>}
    </Dialog>
  );
}
