import { useQuery } from '@tanstack/react-query';
import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { currentLanguage } from '@/shared/i18n/i18n';
import { nameIn } from '@/shared/i18n/names';
import { formatQuantity } from '@/shared/units/units';
import { Awaiting } from '@/shared/ui/awaiting';
import { Badge } from '@/shared/ui/badge';
import { Combobox } from '@/shared/ui/combobox';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Card } from '@/shared/ui/page';
import { EmptyState, SkeletonText } from '@/shared/ui/states';
import { Money } from '@/shared/ui/values';

import { buyersQuery, explanationQuery, gridQuery, type PriceView } from '../api/queries';

/** Why somebody pays what they pay: which list says so, and what all the others say. */
export function ExplainTab({ listId }: { listId: string }): ReactNode {
  const { t } = useTranslation('prices');
  const [words, setWords] = useState('');
  const [named, setNamed] = useState('');
  const [product, setProduct] = useState<string | null>(null);
  const [buyer, setBuyer] = useState<string | null>(null);
  const [quantity, setQuantity] = useState('1');
  const products = useQuery(
    gridQuery(listId, words === '' ? { size: 50 } : { size: 50, q: words }),
  );
  const buyers = useQuery(buyersQuery(named));
  const isQuantity = /^\d{1,9}(\.\d{1,3})?$/.test(quantity) && Number(quantity) > 0;
  return (
    <div className="flex flex-col gap-5">
      <p className="text-muted">{t('explain.text')}</p>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={t('explain.product')} isRequired>
          <Combobox
            value={product}
            onChange={setProduct}
            onQuery={setWords}
            isLoading={products.isFetching}
            options={(products.data?.items ?? []).map((row) => ({
              value: row.product_id,
              label: nameIn(row.names, currentLanguage()),
              hint: row.sku,
            }))}
          />
        </Field>
        <Field label={t('explain.buyer')} isRequired>
          <Combobox
            value={buyer}
            onChange={setBuyer}
            onQuery={setNamed}
            placeholder={t('explain.anybody')}
            options={(buyers.data?.items ?? []).map((link) => ({
              value: link.consumer.organisation_id,
              label: link.consumer.name,
            }))}
          />
        </Field>
        <Field label={t('explain.quantity')} isRequired>
          <Input
            inputMode="decimal"
            className="text-right tabular"
            value={quantity}
            onChange={(event) => setQuantity(event.target.value.trim().replace(',', '.'))}
          />
        </Field>
      </div>
      {product === null && (
        <Card>
          <EmptyState icon={CircleHelp} title={t('explain.empty')} text={t('explain.empty_text')} />
        </Card>
      )}
      {product !== null && isQuantity && (
        <Explained product={product} buyer={buyer} quantity={quantity} />
      )}
    </div>
  );
}

function Explained(props: { product: string; buyer: string | null; quantity: string }): ReactNode {
  const { t } = useTranslation('prices');
  const query = useQuery(explanationQuery(props.product, props.buyer, props.quantity));
  if (query.data === undefined)
    return <Awaiting query={query} skeleton={<SkeletonText lines={4} />} />;
  const { price, tiers, explanation } = query.data;
  return (
    <Card className="flex flex-col gap-4">
      <p className="flex items-baseline gap-2">
        <span className="text-muted">{t('explain.pays')}</span>
        <Money value={price} className="text-heading font-semibold" />
      </p>
      {tiers.length > 1 && (
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-small">
          <span className="text-muted">{t('explain.tiers')}:</span>
          {tiers.map((tier) => (
            <span key={tier.from_quantity}>
              <span className="text-muted">
                {t('explain.from', { quantity: formatQuantity(tier.from_quantity) })}:
              </span>{' '}
              <Money value={tier.price} />
            </span>
          ))}
        </p>
      )}
      <Reasons reasons={explanation} />
    </Card>
  );
}

function Reasons({ reasons }: { reasons: PriceView['explanation'] }): ReactNode {
  const { t } = useTranslation('prices');
  return (
    <ul className="divide-y divide-line">
      {reasons.map((one) => (
        <li
          key={one.list_id ?? 'own'}
          className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5"
        >
          <span className="min-w-0 flex-1 basis-40 truncate font-medium">
            {one.list_name ?? t('explain.own')}
          </span>
          {one.price !== null && (
            <span className="text-small tabular">
              <Money value={one.price} />{' '}
              <span className="text-muted">
                {t('explain.from', { quantity: formatQuantity(one.from_quantity ?? '1') })}
              </span>
            </span>
          )}
          <Badge tone={one.outcome === 'won' ? 'done' : 'draft'}>
            {t(`outcomes.${one.outcome}`)}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
