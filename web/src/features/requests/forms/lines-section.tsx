import { ClipboardPaste, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCallback, useRef, useState } from 'react';
import { useFieldArray, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import { Button } from '@/shared/ui/button';
import { Card } from '@/shared/ui/page';
import { showNews } from '@/shared/ui/toast';
import { Money } from '@/shared/ui/values';

import { linesTotal } from '../model/line-total';
import { parseRows } from '../model/paste';
import { EMPTY_LINE, isComplete, type LineValues, LINES_MAX } from '../model/values';
import { LineRow } from './line-row';
import { PasteDialog } from './paste-dialog';
import type { RequestForm } from './request-form';

/** The lines of a request: typed, pasted from a spreadsheet, moved, removed. */
export function LinesSection({ form }: { form: RequestForm }): ReactNode {
  const { t } = useTranslation('requests');
  const [isPasting, setIsPasting] = useState(false);
  const currency = useWatch({ control: form.control, name: 'currency' });
  const { fields, append, move, remove, replace } = useFieldArray({
    control: form.control,
    name: 'lines',
    keyName: 'key',
  });
  const add = useCallback(
    (lines: LineValues[], at?: number): void => {
      const present = form.getValues('lines');
      const isBlank = (line: LineValues): boolean => line.id === null && line.name.trim() === '';
      const before = present.slice(0, at).filter((line) => !isBlank(line));
      const after = at === undefined ? [] : present.slice(at).filter((line) => !isBlank(line));
      const all = [...before, ...lines, ...after];
      if (all.length > LINES_MAX) showNews(t('lines.too_many', { count: LINES_MAX }));
      replace(all.slice(0, LINES_MAX));
    },
    [form, replace, t],
  );
  const adding = useRef<HTMLButtonElement>(null);
  const removeAt = useCallback(
    (index: number): void => {
      remove(index);
      // The button that had the focus goes with its line.
      const near = Math.min(index, form.getValues('lines').length - 1);
      requestAnimationFrame(() => {
        if (near < 0) adding.current?.focus();
        else form.setFocus(`lines.${near}.name`);
      });
    },
    [form, remove],
  );
  const pasteRows = useCallback(
    (index: number, text: string): boolean => {
      const lines = parseRows(text, form.getValues('currency'));
      if (lines.length === 0) return false;
      add(lines, index);
      return true;
    },
    [add, form],
  );
  return (
    <div className="flex flex-col gap-3">
      <Card isFlush>
        <ol className="divide-y divide-line">
          {fields.map((field, index) => (
            <LineRow
              key={field.key}
              form={form}
              index={index}
              count={fields.length}
              currency={currency}
              onMove={move}
              onRemove={removeAt}
              onPasteRows={pasteRows}
            />
          ))}
        </ol>
        <div className="flex flex-wrap items-center gap-2 border-t border-line p-3 first:border-t-0">
          <Button
            ref={adding}
            icon={Plus}
            disabled={fields.length >= LINES_MAX}
            onClick={() => append({ ...EMPTY_LINE })}
          >
            {t('lines.add')}
          </Button>
          <Button variant="quiet" icon={ClipboardPaste} onClick={() => setIsPasting(true)}>
            {t('lines.paste')}
          </Button>
          <LinesFooter form={form} currency={currency} />
        </div>
      </Card>
      <PasteDialog
        isOpen={isPasting}
        currency={currency}
        onClose={() => setIsPasting(false)}
        onAdd={(lines) => add(lines)}
      />
    </div>
  );
}

function LinesFooter({ form, currency }: { form: RequestForm; currency: string }): ReactNode {
  const { t } = useTranslation('requests');
  const lines = useWatch({ control: form.control, name: 'lines' });
  const total = linesTotal(lines, currency);
  const hasIncomplete = lines.some((line) => line.name.trim() !== '' && !isComplete(line));
  return (
    <div className="ml-auto flex flex-col items-end gap-0.5 text-small text-muted" role="status">
      {total !== null && (
        <span>
          {t('lines.total')} <Money value={total} className="font-medium text-ink" />
        </span>
      )}
      {hasIncomplete && <span className="text-waiting">{t('lines.incomplete')}</span>}
    </div>
  );
}
