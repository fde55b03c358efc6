import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Dialog } from '@/shared/ui/dialog';

import type { LabelLine, LabelProduct } from '../model/labels';
import { LabelForm } from './label-form';

interface LabelsDialogProps {
  /** Those whose labels are wanted; an empty list keeps the dialog closed. */
  products: readonly LabelProduct[];
  onClose: () => void;
}

/** Prints labels of products that were chosen elsewhere, such as in the product table. */
export function LabelsDialog({ products, onClose }: LabelsDialogProps): ReactNode {
  const { t } = useTranslation('barcodes');
  const key = products.map(({ id }) => id).join();
  return (
    <Dialog
      isOpen={products.length > 0}
      onClose={onClose}
      size="medium"
      title={t('labels.title')}
      text={t('labels.text')}
    >
      <Lines key={key} products={products} />
    </Dialog>
  );
}

function Lines({ products }: Pick<LabelsDialogProps, 'products'>): ReactNode {
  const [lines, setLines] = useState<LabelLine[]>(() =>
    products.map((product) => ({ product, copies: 1 })),
  );
  return <LabelForm lines={lines} onChange={setLines} />;
}
