import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { printedCode } from '@/shared/goods/barcode';
import { useAttributeUnits } from '@/shared/categories/attribute-units';
import { categoryQuery } from '@/shared/categories/tree';
import { countryName } from '@/shared/countries/countries';
import { currentLanguage } from '@/shared/i18n/i18n';
import { nameIn } from '@/shared/i18n/names';
import { formatNumber } from '@/shared/money/money';
import { formatQuantity } from '@/shared/units/units';

import type { ProductView } from '../api/types';
import { type AttributeLine, attributeLines } from '../model/attributes';

const GRAMS_IN_KILOGRAM = 1000;
const NO_BREAK = '\u00a0';

interface ProductDetailsProps {
  product: ProductView;
  /** Of the variant that is chosen, else of the product. */
  barcode: string | null;
  weight: number | null;
}

/** All that is known of a product, as a table. */
export function ProductDetails({ product, barcode, weight }: ProductDetailsProps): ReactNode {
  const { t } = useTranslation('catalogue');
  const rows = useRows({ product, barcode, weight });
  if (rows.length === 0) return null;
  return (
    <table className="w-full text-body">
      <caption className="pb-1.5 text-left text-title font-semibold">
        {t('product.attributes')}
      </caption>
      <tbody className="divide-y divide-line">
        {rows.map(({ name, value }) => (
          <tr key={name}>
            <th
              scope="row"
              className="w-2/5 py-2.5 pr-4 text-left align-top font-normal text-muted"
            >
              {name}
            </th>
            <td className="py-2.5 break-words">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useRows({ product, barcode, weight }: ProductDetailsProps): {
  name: string;
  value: string;
}[] {
  const { t } = useTranslation(['catalogue', 'measures']);
  const units = useAttributeUnits();
  const language = currentLanguage();
  const { data } = useQuery({
    ...categoryQuery(product.category?.id ?? ''),
    enabled: product.category !== null,
  });
  const say = (line: AttributeLine): string => {
    if (line.kind === 'boolean') return t(line.value ? 'product.yes' : 'product.no');
    if (line.kind === 'choice') return nameIn(line.optionNames, language);
    if (line.kind === 'text') return line.value;
    const unit = line.unit === null ? '' : NO_BREAK + units.short(line.unit);
    return formatQuantity(line.value) + unit;
  };
  const { length_mm, width_mm, height_mm, country } = product;
  const measured = [length_mm, width_mm, height_mm];
  const size = measured.every((one) => one !== null)
    ? `${measured.map((one) => formatNumber(one ?? 0)).join(' × ')}${NO_BREAK}${units.short('MMT')}`
    : null;
  return [
    ...attributeLines(product.attributes, data?.attributes ?? []).map((line) => ({
      name: line.names === null ? line.code : nameIn(line.names, language),
      value: say(line),
    })),
    { name: t('product.weight'), value: weight === null ? null : weightOf(weight, units.short) },
    { name: t('product.size'), value: size },
    { name: t('product.country'), value: country === null ? null : countryName(country) },
    { name: t('product.barcode'), value: barcode === null ? null : printedCode(barcode) },
  ].filter((row): row is { name: string; value: string } => row.value !== null);
}

function weightOf(grams: number, unit: (code: string) => string): string {
  return grams < GRAMS_IN_KILOGRAM
    ? formatNumber(grams) + NO_BREAK + unit('GRM')
    : formatNumber(grams / GRAMS_IN_KILOGRAM, { maximumFractionDigits: 3 }) +
        NO_BREAK +
        unit('KGM');
}
