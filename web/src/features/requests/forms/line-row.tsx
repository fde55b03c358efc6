import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import type { ClipboardEvent, ReactNode } from 'react';
import { memo } from 'react';
import { Controller, useFormState } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import { useUnits } from '@/shared/units/units';
import { Field } from '@/shared/ui/field';
import { IconButton } from '@/shared/ui/icon-button';
import { Input, Select, Textarea } from '@/shared/ui/input';
import { MoneyField } from '@/shared/ui/money-field';

import type { RequestForm } from './request-form';

interface LineRowProps {
  form: RequestForm;
  index: number;
  count: number;
  currency: string;
  onMove: (from: number, to: number) => void;
  onRemove: (index: number) => void;
  onPasteRows: (index: number, text: string) => boolean;
}

/** One line of a request: a row on a wide screen, a small form on a phone. */
export const LineRow = memo(function LineRow({
  form,
  index,
  count,
  currency,
  onMove,
  onRemove,
  onPasteRows,
}: LineRowProps): ReactNode {
  const { t } = useTranslation('requests');
  const units = useUnits();
  const { errors } = useFormState({ control: form.control, name: `lines.${index}` });
  const error = errors.lines?.[index];
  const number = index + 1;
  const paste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const text = event.clipboardData.getData('text');
    if (/[\t\n\r]/.test(text.trim()) && onPasteRows(index, text)) event.preventDefault();
  };
  const choices = units.choices(form.getValues(`lines.${index}.unit`));
  return (
    <li
      aria-label={t('lines.line', { number })}
      className="grid grid-cols-2 gap-3 p-4 lg:grid-cols-[1.5rem_minmax(12rem,1fr)_8rem_9.5rem_12rem_auto]"
    >
      <span className="hidden pt-8 text-small text-muted tabular lg:block">{number}</span>
      <div className="col-span-2 flex flex-col gap-2 lg:col-span-1">
        <Field label={t('fields.name')} isRequired error={error?.name?.message}>
          <Input
            {...form.register(`lines.${index}.name`)}
            maxLength={200}
            autoComplete="off"
            onPaste={paste}
          />
        </Field>
        <Field label={t('fields.specification')} isLabelHidden>
          <Textarea
            {...form.register(`lines.${index}.specification`)}
            rows={1}
            maxLength={10_000}
            className="min-h-9!"
            placeholder={t('fields.specification')}
          />
        </Field>
      </div>
      <Field label={t('fields.quantity')} isRequired error={error?.quantity?.message}>
        <Input
          {...form.register(`lines.${index}.quantity`)}
          inputMode="decimal"
          autoComplete="off"
          className="text-right tabular"
        />
      </Field>
      <Field label={t('fields.unit')} isRequired>
        <Select {...form.register(`lines.${index}.unit`)} choices={choices} />
      </Field>
      <Field label={t('fields.target_price')} className="col-span-2 lg:col-span-1">
        <Controller
          control={form.control}
          name={`lines.${index}.target_price`}
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
      </Field>
      <div className="col-span-2 flex justify-end gap-1 lg:col-span-1 lg:pt-6">
        <IconButton
          icon={ArrowUp}
          label={t('lines.up', { number })}
          disabled={index === 0}
          onClick={() => onMove(index, index - 1)}
        />
        <IconButton
          icon={ArrowDown}
          label={t('lines.down', { number })}
          disabled={index === count - 1}
          onClick={() => onMove(index, index + 1)}
        />
        <IconButton
          icon={Trash2}
          label={t('lines.remove', { number })}
          onClick={() => onRemove(index)}
        />
      </div>
    </li>
  );
});
