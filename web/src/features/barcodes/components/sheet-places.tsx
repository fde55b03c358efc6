import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { classes } from '@/shared/ui/classes';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';

import type { SheetName } from '../api/queries';
import { SHEETS } from '../model/labels';

interface SheetPlacesProps {
  sheet: SheetName;
  /** Place of the first label, from 1. */
  start: number;
  labels: number;
  onChange: (start: number) => void;
}

/** The first sheet as it will come out of the printer; a click says where a sheet that was begun goes on. */
export function SheetPlaces({ sheet, start, labels, onChange }: SheetPlacesProps): ReactNode {
  const { t } = useTranslation('barcodes');
  const { columns, rows } = SHEETS[sheet];
  const places = columns * rows;
  return (
    <div className="flex items-end gap-4">
      <Field label={t('labels.start')} hint={t('labels.start_hint')} isRequired className="flex-1">
        <Input
          type="number"
          inputMode="numeric"
          min={1}
          max={places}
          value={start}
          onChange={({ target }) =>
            onChange(Math.min(places, Math.max(1, Math.trunc(+target.value) || 1)))
          }
        />
      </Field>
      <div
        aria-hidden
        className="grid w-20 shrink-0 gap-px rounded-inner border border-line bg-sunken p-1"
        style={{ gridTemplateColumns: `repeat(${columns}, 1fr)`, aspectRatio: '210 / 297' }}
      >
        {Array.from({ length: places }, (_, index) => {
          const isUsed = index + 1 >= start && index + 1 < start + labels;
          return (
            <button
              key={index}
              type="button"
              tabIndex={-1}
              onClick={() => onChange(index + 1)}
              className={classes('min-h-0', isUsed ? 'bg-accent' : 'bg-surface hover:bg-hover')}
            />
          );
        })}
      </div>
    </div>
  );
}
