import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { currentLanguage } from '@/shared/i18n/i18n';
import { nameIn, nameNow } from '@/shared/i18n/names';
import { Combobox } from '@/shared/ui/combobox';
import { Field } from '@/shared/ui/field';
import { IconButton } from '@/shared/ui/icon-button';

import { goodsAlikeQuery } from '../api/queries';
import type { CartProduct } from '../api/types';
import { QuantityInput } from '../components/quantity-input';
import { type KeptLine, withLine } from '../model/standing';

interface KeptLinesProps {
  supplierId: string;
  lines: readonly KeptLine[];
  onChange: (lines: KeptLine[]) => void;
}

/** Lines that are kept for later: quantities in place, one out, one more by its name, SKU or barcode. */
export function KeptLines({ supplierId, lines, onChange }: KeptLinesProps): ReactNode {
  const { t } = useTranslation('orders');
  return (
    <section aria-label={t('tabs.lines')} className="flex flex-col gap-2">
      <h3 className="text-small font-medium">{t('tabs.lines')}</h3>
      {lines.length === 0 ? (
        <p className="text-small text-stopped">{t('standing.lines_missing')}</p>
      ) : (
        <ul className="divide-y divide-line rounded-base border border-line">
          {lines.map((line) => (
            <li key={line.product_id} className="flex items-center gap-2 py-2 pr-1 pl-3">
              <span className="min-w-0 flex-1">
                <span className="block truncate text-body">{nameNow(line)}</span>
                <span className="block text-small text-muted">{line.sku}</span>
              </span>
              <QuantityInput
                label={t('quantity_of', { name: nameNow(line) })}
                value={line.quantity}
                onChange={(quantity) =>
                  onChange(
                    lines.map((one) =>
                      one.product_id === line.product_id ? { ...one, quantity } : one,
                    ),
                  )
                }
              />
              <IconButton
                icon={X}
                size="small"
                label={t('cart.remove', { name: nameNow(line) })}
                onClick={() => onChange(lines.filter((one) => one.product_id !== line.product_id))}
              />
            </li>
          ))}
        </ul>
      )}
      <Added supplierId={supplierId} onAdd={(line) => onChange(withLine(lines, line))} />
    </section>
  );
}

function Added({
  supplierId,
  onAdd,
}: {
  supplierId: string;
  onAdd: (line: KeptLine) => void;
}): ReactNode {
  const { t } = useTranslation('orders');
  const [words, setWords] = useState('');
  const { data, isFetching } = useQuery(goodsAlikeQuery(supplierId, words.trim()));
  const found = words.trim() === '' ? [] : (data ?? []);
  const add = (product: CartProduct): void =>
    onAdd({
      product_id: product.id,
      sku: product.sku,
      name: nameOf(product),
      quantity: product.minimum_order,
    });
  return (
    <Field label={t('standing.add_goods')} hint={t('standing.add_hint')} isRequired>
      <Combobox
        value={null}
        placeholder={t('standing.add_choose')}
        onQuery={setWords}
        isLoading={isFetching}
        onChange={(id) => {
          const product = found.find((one) => one.id === id);
          if (product !== undefined) add(product);
        }}
        options={found.map((one) => ({ value: one.id, label: nameOf(one), hint: one.sku }))}
      />
    </Field>
  );
}

function nameOf(product: CartProduct): string {
  const options = Object.values(product.options).join(', ');
  const name = nameIn(product.names, currentLanguage());
  return options === '' ? name : `${name}, ${options}`;
}
