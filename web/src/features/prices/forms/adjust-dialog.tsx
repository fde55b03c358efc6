import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { wholeProblemText } from '@/shared/api/problem-text';
import { formatNumber, minorDigits } from '@/shared/money/money';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Input, Select } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useAdjust } from '../api/mutations';
import { priceListsQuery, type PriceListView } from '../api/queries';

type What = 'change' | 'copy_own' | 'copy';

const PERCENT = /^-?\d{1,3}([.,]\d{1,2})?$/;

/** Changes many prices of a list: by per cent, or by copying. */
export function AdjustDialog({
  list,
  onClose,
}: {
  list: PriceListView;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation(['prices', 'ui']);
  const adjust = useAdjust(list.id);
  const others = useQuery(priceListsQuery({ size: 100 }));
  const [what, setWhat] = useState<What>(list.products_count === 0 ? 'copy_own' : 'change');
  const [source, setSource] = useState('');
  const [percent, setPercent] = useState('0');
  const [roundTo, setRoundTo] = useState('0.01');
  const whole = 10 ** minorDigits(list.currency);
  const sources = (others.data?.items ?? []).filter(
    (one) => one.id !== list.id && one.currency === list.currency,
  );
  const submit = async (): Promise<void> => {
    try {
      const { changed } = await adjust.mutateAsync({
        action: what === 'change' ? 'change' : 'copy',
        from_list_id: what === 'copy' ? source : null,
        percent: percent.replace(',', '.'),
        amount: 0,
        round_to: Math.max(1, Math.round(Number(roundTo) * whole)),
        from_quantity: '1',
        product_ids: null,
        category_id: null,
        version: list.version,
      });
      showDone(t('adjust.done', { count: changed }));
      onClose();
    } catch {
      // What went wrong stands in the dialog.
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('adjust.title')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={!PERCENT.test(percent) || (what === 'copy' && source === '')}
            isPending={adjust.isPending}
            onClick={() => void submit()}
          >
            {t('adjust.run')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {adjust.isError && <Banner tone="stopped">{wholeProblemText(adjust.error)}</Banner>}
        <Field label={t('adjust.action')} isRequired>
          <Select
            value={what}
            onChange={(event) => setWhat(event.target.value as What)}
            choices={(['change', 'copy_own', 'copy'] as const).map((value) => ({
              value,
              label: t(`adjust.${value}`),
            }))}
          />
        </Field>
        {what === 'copy' && (
          <Field label={t('adjust.from')} isRequired>
            <Select
              value={source}
              onChange={(event) => setSource(event.target.value)}
              choices={[
                { value: '', label: '' },
                ...sources.map((one) => ({ value: one.id, label: one.name })),
              ]}
            />
          </Field>
        )}
        <Field label={t('adjust.percent')} hint={t('adjust.percent_hint')} isRequired>
          <Input
            inputMode="decimal"
            className="w-32 text-right tabular"
            value={percent}
            onChange={(event) => setPercent(event.target.value.trim())}
          />
        </Field>
        <Field label={t('adjust.round')} isRequired>
          <Select
            value={roundTo}
            onChange={(event) => setRoundTo(event.target.value)}
            choices={['0.01', '1', '5', '10', '50', '100'].map((value) => ({
              value,
              label: `${formatNumber(Number(value))} ${list.currency}`,
            }))}
          />
        </Field>
      </div>
    </Dialog>
  );
}
