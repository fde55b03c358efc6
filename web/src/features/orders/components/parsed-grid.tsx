import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { nameNow } from '@/shared/i18n/names';
import { formatQuantity, useUnits } from '@/shared/units/units';
import { Badge } from '@/shared/ui/badge';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { IconButton } from '@/shared/ui/icon-button';
import { Input, Select } from '@/shared/ui/input';
import { Card } from '@/shared/ui/page';
import { Thumbnail } from '@/shared/ui/thumbnail';
import { Money } from '@/shared/ui/values';

import { useParseOrder } from '../api/mutations';
import type { ParsedOrder } from '../api/types';
import { type MendedLine, askedAnew, corrected, mendable, ready } from '../model/mending';
import { Warnings } from './cart-lines';
import { QuantityInput } from './quantity-input';

interface ParsedGridProps {
  supplierId: string;
  parsed: ParsedOrder;
  isPending: boolean;
  onSubmit: (items: { product_id: string; quantity: string }[]) => void;
}

/** What was made of a quick order: each line is mended in place. */
export function ParsedGrid({
  supplierId,
  parsed,
  isPending,
  onSubmit,
}: ParsedGridProps): ReactNode {
  const { t } = useTranslation('orders');
  const [source, setSource] = useState(parsed);
  const [lines, setLines] = useState(() => mendable(parsed));
  if (source !== parsed) {
    setSource(parsed);
    setLines(mendable(parsed));
  }
  const change = (at: number, patch: Partial<MendedLine>): void =>
    setLines(
      lines.map((line, index) => (index === at ? { ...line, warnings: [], ...patch } : line)),
    );
  const items = ready(lines);
  return (
    <Card isFlush>
      <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line p-4">
        <p role="status" className="text-body">
          {t('quick.result', {
            matched: parsed.matched,
            ambiguous: parsed.ambiguous,
            missing: parsed.missing,
          })}
        </p>
        <Button
          variant="primary"
          disabled={items.length === 0}
          isPending={isPending}
          onClick={() => onSubmit(items)}
        >
          {t('quick.to_cart', { count: items.length })}
        </Button>
      </div>
      {parsed.cut_off && (
        <div className="p-4">
          <Banner tone="waiting">{t('quick.cut_off')}</Banner>
        </div>
      )}
      <ul className="divide-y divide-line">
        {lines.map((line, index) => (
          <Row
            key={line.position}
            line={line}
            supplierId={supplierId}
            onChange={(patch) => change(index, patch)}
            onRemove={() => setLines(lines.filter((_, at) => at !== index))}
          />
        ))}
      </ul>
    </Card>
  );
}

const TONES = { matched: 'done', ambiguous: 'waiting', missing: 'stopped' } as const;

interface RowProps {
  line: MendedLine;
  supplierId: string;
  onChange: (patch: Partial<MendedLine>) => void;
  onRemove: () => void;
}

function Row({ line, supplierId, onChange, onRemove }: RowProps): ReactNode {
  const { t } = useTranslation('orders');
  const { short } = useUnits();
  const state = line.product === null ? line.state : 'matched';
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 p-4 lg:grid-cols-[3rem_minmax(0,1fr)_minmax(0,1.5fr)_9rem_auto]">
      <span className="hidden text-small text-muted tabular lg:block">{line.position}</span>
      <span className="flex min-w-0 flex-wrap items-center gap-2">
        <Badge tone={TONES[state]}>{t(`quick.states.${state}`)}</Badge>
        <span className="min-w-0 truncate font-mono text-small">{line.text}</span>
      </span>
      <span className="col-span-2 min-w-0 lg:col-span-1">
        {line.candidates.length > 0 && (
          <Select
            aria-label={`${t('quick.product')}: ${line.text}`}
            value={line.product?.id ?? ''}
            placeholder={t('quick.choose_product')}
            onChange={(event) =>
              onChange({
                product: line.candidates.find(({ id }) => id === event.target.value) ?? null,
              })
            }
            choices={line.candidates.map((product) => ({
              value: product.id,
              label: [product.sku, nameNow(product), ...Object.values(product.options)].join(' · '),
            }))}
          />
        )}
        {line.candidates.length === 0 && line.product === null && (
          <CodeField line={line} supplierId={supplierId} onFound={onChange} />
        )}
        {line.product !== null && (
          <span className="flex items-center gap-3 pt-1">
            <Thumbnail picture={line.product.image} className="size-10" />
            <span className="min-w-0 text-small text-muted">
              {line.candidates.length === 0 && (
                <span className="block truncate text-body text-ink">
                  {[nameNow(line.product), ...Object.values(line.product.options)].join(', ')}
                </span>
              )}
              <Money value={line.product.tiers[0]?.price} /> ·{' '}
              {t('quick.in_stock', { available: formatQuantity(line.product.available) })}
            </span>
          </span>
        )}
        {line.product !== null && line.quantity === '' && (
          <p className="text-small text-waiting">{t('quick.write_quantity')}</p>
        )}
        {line.product !== null && <Warnings warnings={line.warnings} />}
      </span>
      <span className="flex items-center gap-2">
        <QuantityInput
          label={t('quantity_of', { name: line.text })}
          value={line.quantity}
          onChange={(quantity) => onChange({ quantity })}
        />
        <span className="text-small text-muted">
          {line.product === null ? '' : short(line.product.unit)}
        </span>
      </span>
      <span className="justify-self-end">
        <IconButton
          icon={X}
          size="small"
          label={t('quick.leave_out', { name: line.text })}
          onClick={onRemove}
        />
      </span>
    </li>
  );
}

interface CodeFieldProps {
  line: MendedLine;
  supplierId: string;
  onFound: (line: MendedLine) => void;
}

/** A code that stands for nothing is corrected where it stands: a spreadsheet's lines have no other place. */
function CodeField({ line, supplierId, onFound }: CodeFieldProps): ReactNode {
  const { t } = useTranslation('orders');
  const [code, setCode] = useState(line.code);
  const parse = useParseOrder();
  const wanted = code.trim();
  return (
    <form
      className="flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        parse.mutate(
          { supplierId, source: askedAnew(line, wanted) },
          { onSuccess: (parsed) => onFound(corrected(line, parsed)) },
        );
      }}
    >
      <span className="text-small text-muted">{t('quick.nothing_alike')}</span>
      <span className="flex gap-2">
        <Input
          aria-label={`${t('quick.code')}: ${line.text}`}
          className="min-w-0 font-mono"
          spellCheck={false}
          autoComplete="off"
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <Button
          type="submit"
          disabled={wanted === '' || wanted === line.code}
          isPending={parse.isPending}
        >
          {t('quick.look_again')}
        </Button>
      </span>
    </form>
  );
}
