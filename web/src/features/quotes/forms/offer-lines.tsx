import type { ClipboardEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { parseMoney } from '@/shared/money/money';
import type { TradeRequest } from '@/shared/trade/request-query';
import { parseDecimal } from '@/shared/trade/totals';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Card, Section } from '@/shared/ui/page';

import { moveInGrid, pastedColumn, placeOf } from './grid-keys';
import { type OfferForm, OfferLineRow } from './offer-line-row';

interface OfferLinesProps {
  form: OfferForm;
  request: TradeRequest;
  currency: string;
}

/** Answers to every line, as a grid to type through; a column of prices can be pasted from a spreadsheet. */
export function OfferLines({ form, request, currency }: OfferLinesProps): ReactNode {
  const { t } = useTranslation(['quotes', 'trade']);
  const paste = (event: ClipboardEvent<HTMLElement>): void => {
    const place = placeOf(event.target);
    const values = pastedColumn(event.clipboardData.getData('text'));
    if (place === null || values === null) return;
    event.preventDefault();
    fillColumn(form, place.column, place.row, values, currency);
  };
  return (
    <Section
      title={t('editor.lines')}
      text={t('editor.lines_text')}
      actions={<RateForAll form={form} />}
    >
      <Card isFlush>
        <div
          aria-hidden
          className="hidden grid-cols-[minmax(10rem,1fr)_8.5rem_6.5rem_11rem_6rem_6rem_8rem] gap-x-3 border-b border-line bg-sunken px-4 py-2 text-small font-medium text-muted lg:grid"
        >
          <span>{t('trade:item')}</span>
          <span>{t('editor.kind')}</span>
          <span className="text-right">{t('trade:quantity')}</span>
          <span className="pr-9 text-right">{t('trade:price')}</span>
          <span className="text-right">{t('trade:tax_rate')}</span>
          <span className="text-right">{t('editor.line_days')}</span>
          <span className="text-right">{t('trade:amount')}</span>
        </div>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys and pasted columns of the fields inside */}
        <ol className="divide-y divide-line" onKeyDown={moveInGrid} onPaste={paste}>
          {request.lines.map((line, index) => (
            <OfferLineRow key={line.id} form={form} index={index} line={line} currency={currency} />
          ))}
        </ol>
      </Card>
    </Section>
  );
}

/** Writes values below each other, beginning at a row; what cannot be read is left as it is. */
function fillColumn(
  form: OfferForm,
  column: string,
  row: number,
  values: readonly string[],
  currency: string,
): void {
  const count = form.getValues('lines').length;
  values.slice(0, count - row).forEach((text, offset) => {
    const index = row + offset;
    const options = { shouldDirty: true, shouldValidate: form.formState.isSubmitted };
    if (column === 'unit_price') {
      const amount = parseMoney(text.replace(/[^\d.,\s]/g, ''), currency);
      if (amount !== null)
        form.setValue(`lines.${index}.unit_price`, { amount, currency }, options);
    } else if (parseDecimal(text) !== null) {
      const name = column as 'quantity' | 'tax_rate' | 'lead_time_days';
      form.setValue(`lines.${index}.${name}`, text, options);
    }
  });
}

/** One rate of VAT for every line: most vendors have but one. */
function RateForAll({ form }: { form: OfferForm }): ReactNode {
  const { t } = useTranslation('quotes');
  const [rate, setRate] = useState('');
  const apply = (): void => {
    form.getValues('lines').forEach((_, index) => {
      form.setValue(`lines.${index}.tax_rate`, rate, {
        shouldDirty: true,
        shouldValidate: form.formState.isSubmitted,
      });
    });
  };
  return (
    <div className="flex items-end gap-2">
      <Field label={t('editor.rate_for_all')} isRequired>
        <Input
          value={rate}
          inputMode="decimal"
          autoComplete="off"
          className="w-28 text-right tabular"
          onChange={(event) => setRate(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            apply();
          }}
        />
      </Field>
      <Button disabled={parseDecimal(rate) === null} onClick={apply}>
        {t('editor.apply')}
      </Button>
    </div>
  );
}
