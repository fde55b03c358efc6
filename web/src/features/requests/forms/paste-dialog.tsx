import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useUnits } from '@/shared/units/units';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Textarea } from '@/shared/ui/input';
import { Money } from '@/shared/ui/values';

import { parseRows } from '../model/paste';
import type { LineValues } from '../model/values';

interface PasteDialogProps {
  isOpen: boolean;
  currency: string;
  onClose: () => void;
  onAdd: (lines: LineValues[]) => void;
}

/** Takes rows copied from a spreadsheet and shows how they were understood before they are added. */
export function PasteDialog({ isOpen, currency, onClose, onAdd }: PasteDialogProps): ReactNode {
  const { t } = useTranslation(['requests', 'ui']);
  const units = useUnits();
  const [text, setText] = useState('');
  const lines = parseRows(text, currency);
  const close = (): void => {
    setText('');
    onClose();
  };
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      size="large"
      title={t('lines.paste')}
      text={t('lines.paste_text')}
      footer={
        <>
          <Button onClick={close}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={lines.length === 0}
            onClick={() => {
              onAdd(lines);
              close();
            }}
          >
            {t('lines.paste_add', { count: lines.length })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label={t('lines.paste_rows')} isRequired>
          <Textarea
            rows={6}
            value={text}
            className="font-mono"
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        {lines.length === 0 ? (
          <p className="text-small text-muted">{t('lines.paste_nothing')}</p>
        ) : (
          <ol className="max-h-64 divide-y divide-line overflow-y-auto rounded-base border border-line">
            {lines.map((line, index) => (
              <li key={index} className="flex flex-wrap gap-x-4 gap-y-1 px-3 py-2 text-small">
                <span className="min-w-40 flex-1">
                  <span className="font-medium">{line.name}</span>
                  {line.specification !== '' && (
                    <span className="block text-muted">{line.specification}</span>
                  )}
                </span>
                <span className="tabular">
                  {line.quantity === '' ? '—' : units.quantity(line.quantity, line.unit)}
                </span>
                <Money value={line.target_price} />
              </li>
            ))}
          </ol>
        )}
      </div>
    </Dialog>
  );
}
