import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { classes } from '@/shared/ui/classes';

import type { ProductView, VariantView } from '../api/types';
import { valuesOf, withValue } from '../model/variants';

const USUAL_AXES = ['size', 'colour', 'weight', 'volume'] as const;

interface VariantChooserProps {
  product: ProductView;
  chosen: VariantView | undefined;
  onChoose: (variantId: string) => void;
}

/** The options in which variants differ. A value that does not go with the others brings the nearest variant. */
export function VariantChooser({ product, chosen, onChoose }: VariantChooserProps): ReactNode {
  const { t } = useTranslation('catalogue');
  // Sellers name their options as they like; the usual ones have words in every language.
  const axisName = (name: string): string => {
    const usual = USUAL_AXES.find((one) => one === name.toLowerCase());
    return usual === undefined ? name : t(`axes.${usual}`);
  };
  return (
    <div className="flex flex-col gap-4">
      {product.axes.map((axis) => (
        <fieldset key={axis.name}>
          <legend className="mb-1.5 text-small font-medium">
            {axisName(axis.name)}
            <span className="ml-1.5 font-normal text-muted">
              {chosen?.options[axis.name] ?? t('product.choose')}
            </span>
          </legend>
          <div className="flex flex-wrap gap-2">
            {valuesOf(axis, product.variants, chosen).map((one) => (
              <label
                key={one.value}
                className={classes(
                  'relative inline-flex h-10 min-w-11 cursor-pointer items-center justify-center rounded-base border px-3 text-body has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus pointer-coarse:h-11',
                  one.isChosen
                    ? 'border-accent bg-accent-soft font-medium text-on-accent-soft'
                    : 'border-control bg-surface hover:bg-hover',
                  !one.isOffered && 'border-dashed text-muted',
                  one.isOffered && !one.isAvailable && 'text-muted line-through',
                )}
              >
                <input
                  type="radio"
                  name={`option-${axis.name}`}
                  className="sr-only"
                  checked={one.isChosen}
                  aria-label={
                    !one.isOffered
                      ? t('product.option_missing', { value: one.value })
                      : one.isAvailable
                        ? one.value
                        : t('product.option_sold_out', { value: one.value })
                  }
                  onChange={() => {
                    const next = withValue(product.variants, chosen, axis.name, one.value);
                    if (next !== undefined) onChoose(next.id);
                  }}
                />
                {one.value}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}
