import type { ReactNode } from 'react';
import { memo } from 'react';
import { Controller, type UseFormReturn, useFormState, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import type { TradeRequest } from '@/shared/trade/request-query';
import { lineNet } from '@/shared/trade/totals';
import { useUnits } from '@/shared/units/units';
import { Field } from '@/shared/ui/field';
import { Input, Select } from '@/shared/ui/input';
import { MoneyField } from '@/shared/ui/money-field';
import { Money } from '@/shared/ui/values';

import { LINE_KINDS } from '../api/types';
import type { OfferValues } from '../model/offer';

export type OfferForm = UseFormReturn<OfferValues, unknown, OfferValues>;

interface OfferLineRowProps {
  form: OfferForm;
  index: number;
  line: TradeRequest['lines'][number];
  currency: string;
}

/** The answer to one requested line: a row on a wide screen, a small form on a phone. */
export const OfferLineRow = memo(function OfferLineRow({
  form,
  index,
  line,
  currency,
}: OfferLineRowProps): ReactNode {
  const { t } = useTranslation(['quotes', 'trade']);
  const units = useUnits();
  const { errors } = useFormState({ control: form.control, name: `lines.${index}` });
  const said = useWatch({ control: form.control, name: `lines.${index}` });
  const error = errors.lines?.[index];
  const isOut = said.kind === 'not_available';
  const net = isOut ? null : lineNet(said);
  const cell = (column: string): { 'data-cell': string } => ({
    'data-cell': `${String(index)}/${column}`,
  });
  return (
    <li
      aria-label={line.name}
      className="grid grid-cols-2 gap-x-3 gap-y-2 p-4 lg:grid-cols-[minmax(10rem,1fr)_8.5rem_6.5rem_11rem_6rem_6rem_8rem] lg:items-start"
    >
      <div className="col-span-2 text-body lg:col-span-1 lg:pt-1.5">
        <p className="font-medium">
          <span className="mr-2 text-small text-muted tabular">{line.position}</span>
          {line.name}
        </p>
        <p className="text-small text-muted">
          {units.quantity(line.quantity, line.unit)}
          {line.target_price !== null && (
            <>
              {' · '}
              {t('editor.target')} <Money value={line.target_price} />
            </>
          )}
        </p>
        {line.specification !== '' && (
          <p className="mt-0.5 line-clamp-3 text-small whitespace-pre-line text-muted">
            {line.specification}
          </p>
        )}
      </div>
      <CellField label={t('editor.kind')} className="col-span-2 lg:col-span-1">
        <Select
          {...form.register(`lines.${index}.kind`)}
          choices={LINE_KINDS.map((kind) => ({ value: kind, label: t(`trade:kinds.${kind}`) }))}
        />
      </CellField>
      {isOut ? (
        <p className="col-span-2 text-body text-muted lg:col-span-5 lg:pt-2">
          {t('editor.out_text')}
        </p>
      ) : (
        <>
          <div {...cell('quantity')}>
            <CellField
              label={`${t('trade:quantity')}, ${units.short(said.unit)}`}
              error={error?.quantity?.message}
            >
              <Input
                {...form.register(`lines.${index}.quantity`)}
                inputMode="decimal"
                autoComplete="off"
                className="text-right tabular"
              />
            </CellField>
          </div>
          <div {...cell('unit_price')}>
            <CellField label={t('trade:price')} error={error?.unit_price?.message}>
              <Controller
                control={form.control}
                name={`lines.${index}.unit_price`}
                render={({ field: { value, onChange, onBlur, ref } }) => (
                  <MoneyField
                    ref={ref}
                    key={currency}
                    value={value}
                    currency={currency}
                    onChange={onChange}
                    onBlur={onBlur}
                  />
                )}
              />
            </CellField>
          </div>
          <div {...cell('tax_rate')}>
            <CellField label={t('trade:tax_rate')} error={error?.tax_rate?.message}>
              <Input
                {...form.register(`lines.${index}.tax_rate`)}
                inputMode="decimal"
                autoComplete="off"
                className="text-right tabular"
              />
            </CellField>
          </div>
          <div {...cell('lead_time_days')}>
            <CellField label={t('editor.line_days')} error={error?.lead_time_days?.message}>
              <Input
                {...form.register(`lines.${index}.lead_time_days`)}
                inputMode="numeric"
                autoComplete="off"
                className="text-right tabular"
              />
            </CellField>
          </div>
          <p className="col-span-2 flex items-baseline justify-between text-body font-medium lg:col-span-1 lg:block lg:pt-2 lg:text-right">
            <span className="text-small font-normal text-muted lg:sr-only">
              {t('trade:amount')}
            </span>
            {net === null ? '—' : <Money value={{ amount: Number(net), currency }} />}
          </p>
        </>
      )}
      <div className="col-span-2 grid gap-2 sm:grid-cols-2 lg:col-span-7 lg:pl-6">
        {said.kind === 'alternative' && (
          <Field label={t('editor.alternative_name')} isRequired error={error?.name?.message}>
            <Input {...form.register(`lines.${index}.name`)} autoComplete="off" />
          </Field>
        )}
        <Field
          label={t('editor.comment')}
          isLabelHidden={said.kind !== 'alternative'}
          error={error?.comment?.message}
          className={said.kind === 'alternative' ? undefined : 'sm:col-span-2'}
        >
          <Input
            {...form.register(`lines.${index}.comment`)}
            placeholder={t('editor.comment')}
            autoComplete="off"
          />
        </Field>
      </div>
    </li>
  );
});

interface CellFieldProps {
  label: string;
  error?: string | undefined;
  className?: string;
  children: ReactNode;
}

/** A field whose label the grid's heading already shows on a wide screen. */
function CellField({ label, error, className, children }: CellFieldProps): ReactNode {
  return (
    <Field
      label={<span className="lg:sr-only">{label}</span>}
      isRequired
      error={error}
      className={className}
    >
      {children}
    </Field>
  );
}
