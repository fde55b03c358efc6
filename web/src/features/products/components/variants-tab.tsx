import { Layers, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useUnits } from '@/shared/units/units';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Link } from '@/shared/ui/link';
import { Section } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';

import { useGenerateVariants } from '../api/mutations';
import type { ProductView, VariantView } from '../api/types';
import { PriceCell } from './price-cell';
import { StockDialog } from './stock-dialog';
import { VariantPicture } from './variant-picture';

const AXES_MAX = 3;

/** The variants of a family, and making them from options. */
export function VariantsTab({
  product,
  canEdit,
}: {
  product: ProductView;
  canEdit: boolean;
}): ReactNode {
  const { t } = useTranslation('products');
  const units = useUnits();
  const [isMaking, setIsMaking] = useState(false);
  const [stocked, setStocked] = useState<VariantView | null>(null);
  const nameOf = (one: VariantView): string => Object.values(one.options).join(' · ');
  const maker = canEdit && (
    <Button icon={Plus} onClick={() => setIsMaking(true)}>
      {t('variants.make')}
    </Button>
  );
  return (
    <Section title={t('tabs.variants')} text={t('variants.text')} actions={maker}>
      {product.variants.length === 0 ? (
        <EmptyState icon={Layers} title={t('variants.empty')} text={t('variants.empty_text')} />
      ) : (
        <ul className="divide-y divide-line">
          {product.variants.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
              <VariantPicture
                product={product}
                variant={one}
                name={nameOf(one)}
                canEdit={canEdit}
              />
              <span className="flex min-w-40 flex-1 flex-col">
                <Link to="/app/products/$productId" params={{ productId: one.id }}>
                  {nameOf(one)}
                </Link>
                <span className="text-small text-muted">{one.sku}</span>
              </span>
              {!one.active && <Badge tone="draft">{t('columns.off')}</Badge>}
              <PriceCell row={{ ...one, name: nameOf(one) }} canEdit={canEdit} />
              <Button variant="quiet" onClick={() => setStocked(one)} disabled={!canEdit}>
                {units.quantity(one.available, product.unit)}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {isMaking && <MakeDialog product={product} onClose={() => setIsMaking(false)} />}
      {stocked !== null && (
        <StockDialog
          product={{ id: stocked.id, name: nameOf(stocked), unit: product.unit }}
          onClose={() => setStocked(null)}
        />
      )}
    </Section>
  );
}

function MakeDialog({
  product,
  onClose,
}: {
  product: ProductView;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation(['products', 'ui']);
  const generate = useGenerateVariants(product.id);
  const [axes, setAxes] = useState(() =>
    product.axes.length > 0
      ? product.axes.map((axis) => ({ name: axis.name, values: axis.values.join(', ') }))
      : [{ name: '', values: '' }],
  );
  const read = axes
    .map(({ name, values }) => ({
      name: name.trim(),
      values: values
        .split(',')
        .map((value) => value.trim())
        .filter((value) => value !== ''),
    }))
    .filter((axis) => axis.name !== '' && axis.values.length > 0);
  const count = read.reduce((product_, axis) => product_ * axis.values.length, 1);
  const change = (index: number, patch: Partial<{ name: string; values: string }>): void =>
    setAxes(axes.map((axis, at) => (at === index ? { ...axis, ...patch } : axis)));
  const make = async (): Promise<void> => {
    try {
      await generate.mutateAsync(read);
      showDone(t('variants.made'));
      onClose();
    } catch {
      // The mutation has told what went wrong; what was typed stays.
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="medium"
      title={t('variants.make')}
      text={t('variants.make_text')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={read.length === 0}
            isPending={generate.isPending}
            onClick={() => void make()}
          >
            {t('variants.make_count', { count: read.length === 0 ? 0 : count })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {axes.map((axis, index) => (
          <div key={index} className="grid gap-3 sm:grid-cols-[1fr_2fr]">
            <Field label={t('variants.option')} isRequired>
              <Input
                maxLength={40}
                value={axis.name}
                onChange={(event) => change(index, { name: event.target.value })}
              />
            </Field>
            <Field label={t('variants.values')} isRequired>
              <Input
                value={axis.values}
                placeholder="S, M, L"
                onChange={(event) => change(index, { values: event.target.value })}
              />
            </Field>
          </div>
        ))}
        {axes.length < AXES_MAX && (
          <Button
            variant="quiet"
            icon={Plus}
            onClick={() => setAxes([...axes, { name: '', values: '' }])}
          >
            {t('variants.add_option')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
