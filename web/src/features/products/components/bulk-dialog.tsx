import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { CategoryPicker } from '@/shared/categories/category-picker';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';

import { useChangeMany } from '../api/mutations';
import type { BulkResult, ProductSummary } from '../api/types';

interface BulkDialogProps {
  kind: 'price' | 'category';
  rows: ProductSummary[];
  onClose: () => void;
  onResult: (result: BulkResult) => void;
}

/** A new category, or prices higher or lower by a share, for many products. */
export function BulkDialog({ kind, rows, onClose, onResult }: BulkDialogProps): ReactNode {
  const { t } = useTranslation(['products', 'ui']);
  const many = useChangeMany();
  const [percent, setPercent] = useState('');
  const [reason, setReason] = useState('');
  const [category, setCategory] = useState<string | null>(null);
  const share = percent.replace(',', '.').replace('−', '-');
  const isComplete =
    kind === 'category' ? category !== null : /^-?\d{1,3}(\.\d{1,2})?$/.test(share);
  const apply = async (): Promise<void> => {
    const ids = rows.map((row) => row.id);
    const body =
      kind === 'category'
        ? { ids, action: 'set-category' as const, category_id: category, reason }
        : { ids, action: 'change-price' as const, percent: share, reason };
    try {
      onResult(await many.mutateAsync(body));
      onClose();
    } catch {
      // The mutation has told what went wrong; what was typed stays.
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(`bulk.${kind}`, { count: rows.length })}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={!isComplete}
            isPending={many.isPending}
            onClick={() => void apply()}
          >
            {t('bulk.apply')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {kind === 'category' ? (
          <Field label={t('fields.category')} isRequired>
            <CategoryPicker value={category} onChange={setCategory} />
          </Field>
        ) : (
          <Field label={t('bulk.percent')} hint={t('bulk.percent_hint')} isRequired>
            <Input
              inputMode="text"
              autoComplete="off"
              value={percent}
              onChange={(event) => setPercent(event.target.value)}
            />
          </Field>
        )}
        {kind === 'price' && (
          <Field label={t('fields.reason')}>
            <Input
              maxLength={300}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
        )}
      </div>
    </Dialog>
  );
}
