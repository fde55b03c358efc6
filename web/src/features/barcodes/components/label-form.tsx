import { Printer, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { toProblem } from '@/shared/api/problem';
import { problemText } from '@/shared/api/problem-text';
import { loadWords } from '@/shared/i18n/i18n';
import { nameNow } from '@/shared/i18n/names';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/choice';
import { Field } from '@/shared/ui/field';
import { IconButton } from '@/shared/ui/icon-button';
import { Input, Select } from '@/shared/ui/input';

import { usePrintLabels } from '../api/queries';
import type { LabelLine, LabelOptions } from '../model/labels';
import {
  FIRST_OPTIONS,
  LABELS_MAX,
  SHEETS,
  SHEET_NAMES,
  countLabels,
  labelsBody,
} from '../model/labels';
import { SheetPlaces } from './sheet-places';

interface LabelFormProps {
  lines: readonly LabelLine[];
  onChange: (lines: LabelLine[]) => void;
}

/** Chooses paper, copies and what a label says, and makes the PDF. */
export function LabelForm({ lines, onChange }: LabelFormProps): ReactNode {
  const { t } = useTranslation('barcodes');
  const [options, setOptions] = useState<LabelOptions>(FIRST_OPTIONS);
  const print = usePrintLabels();
  const set = (change: Partial<LabelOptions>): void => setOptions({ ...options, ...change });
  const { labels, pages } = countLabels(lines, options);
  const isSheet = SHEETS[options.sheet].rows > 1;

  const make = async (): Promise<void> => {
    await loadWords('problems');
    print.mutate(labelsBody(lines, options), { onSuccess: save });
  };

  // A refusal names the lines whose codes are too wide for the paper.
  const troubles = (error: unknown): string => {
    const wide = toProblem(error)
      .errors.filter(({ code }) => code === 'label.code_too_wide')
      .map(({ pointer }) => lines[Number(pointer.split('/')[2])]?.product.name ?? '');
    return wide.length === 0
      ? problemText(error).message
      : t('labels.too_wide', { names: wide.join('; ') });
  };

  return (
    <div className="flex flex-col gap-5">
      <ul className="flex flex-col divide-y divide-line">
        {lines.map(({ product, copies }) => (
          <li key={product.id} className="flex items-center gap-3 py-2">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{nameNow(product)}</p>
              <p className="truncate text-small text-muted">{product.sku}</p>
            </div>
            <Input
              type="number"
              inputMode="numeric"
              min={1}
              max={LABELS_MAX}
              value={copies}
              aria-label={t('labels.copies_of', { name: nameNow(product) })}
              className="w-20"
              onChange={({ target }) => {
                const wanted = Math.min(LABELS_MAX, Math.max(1, Math.trunc(+target.value) || 1));
                onChange(
                  lines.map((line) =>
                    line.product.id === product.id ? { ...line, copies: wanted } : line,
                  ),
                );
              }}
            />
            <IconButton
              icon={Trash2}
              label={t('labels.remove', { name: nameNow(product) })}
              onClick={() => onChange(lines.filter((line) => line.product.id !== product.id))}
            />
          </li>
        ))}
      </ul>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('labels.sheet')} isRequired>
          <Select
            value={options.sheet}
            choices={SHEET_NAMES.map((value) => ({ value, label: t(`sheets.${value}`) }))}
            onChange={({ target }) =>
              set({ sheet: target.value as LabelOptions['sheet'], start: 1 })
            }
          />
        </Field>
        <Field label={t('labels.price')} isRequired>
          <Select
            value={options.price}
            choices={(['gross', 'net', 'none'] as const).map((value) => ({
              value,
              label: t(`prices.${value}`),
            }))}
            onChange={({ target }) => set({ price: target.value as LabelOptions['price'] })}
          />
        </Field>
        <div className="flex flex-col gap-3">
          <Checkbox
            label={t('labels.name')}
            isChecked={options.hasName}
            onChange={(hasName) => set({ hasName })}
          />
          <Checkbox
            label={t('labels.sku')}
            isChecked={options.hasSku}
            onChange={(hasSku) => set({ hasSku })}
          />
        </div>
        {isSheet && (
          <SheetPlaces
            sheet={options.sheet}
            start={options.start}
            labels={labels}
            onChange={(start) => set({ start })}
          />
        )}
      </div>
      {labels > LABELS_MAX && (
        <Banner tone="waiting">{t('labels.too_many', { count: LABELS_MAX })}</Banner>
      )}
      {print.error !== null && <Banner tone="stopped">{troubles(print.error)}</Banner>}
      <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2">
        <p role="status" className="text-small text-muted">
          {t('labels.count', { count: labels })}
          {isSheet && labels > 0 && `, ${t('labels.pages', { count: pages })}`}
        </p>
        <Button
          variant="primary"
          icon={Printer}
          isPending={print.isPending}
          disabled={labels === 0 || labels > LABELS_MAX}
          onClick={() => void make()}
        >
          {t('labels.print')}
        </Button>
      </div>
    </div>
  );
}

function save(pdf: Blob): void {
  const address = URL.createObjectURL(pdf);
  const link = document.createElement('a');
  link.href = address;
  link.download = 'labels.pdf';
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
