import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { showDone } from '@/shared/ui/toast';

interface DiscardButtonProps {
  /** What is given up, as its row names it. */
  name: string;
  text: string;
  done: string;
  onDiscard: () => Promise<void>;
}

/** Gives failed work up for good, once it has been asked for twice. */
export function DiscardButton({ name, text, done, onDiscard }: DiscardButtonProps): ReactNode {
  const { t } = useTranslation('admin');
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button size="small" variant="quiet" icon={Trash2} onClick={() => setIsAsking(true)}>
        {t('discard')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onConfirm={async () => {
          await onDiscard();
          showDone(done);
        }}
        title={t('discard_title', { name })}
        text={text}
        confirmLabel={t('discard')}
        isDangerous
      />
    </>
  );
}
