import { printedCode } from '@/shared/goods/barcode';
import type { MoneyValue } from '@/shared/api/types';

import type {
  Language,
  ProductBody,
  ProductPatch,
  ProductView,
  ProductVisibility,
} from '../api/types';

type Texts = Record<Language, string>;

/** A product as its form holds it: numbers as they are typed. */
export interface ProductValues {
  sku: string;
  names: Texts;
  descriptions: Texts;
  category_id: string | null;
  attributes: Record<string, unknown>;
  price: MoneyValue | null;
  currency: string;
  tax_rate: string;
  unit: string;
  pack_size: string;
  minimum_order: string;
  weight_grams: string;
  barcode: string;
  country: string;
  visibility: ProductVisibility;
}

const HOME_CURRENCY = 'KZT';
const HOME_TAX_RATE = '12';

const EMPTY_PRODUCT: ProductValues = {
  sku: '',
  names: { en: '', ru: '', kk: '' },
  descriptions: { en: '', ru: '', kk: '' },
  category_id: null,
  attributes: {},
  price: null,
  currency: HOME_CURRENCY,
  tax_rate: HOME_TAX_RATE,
  unit: 'H87',
  pack_size: '1',
  minimum_order: '1',
  weight_grams: '',
  barcode: '',
  country: '',
  visibility: 'both',
};

/** What the form of a new product begins with. Taxes of other countries are the seller's own to say. */
export function emptyProduct(currency: string = HOME_CURRENCY): ProductValues {
  return { ...EMPTY_PRODUCT, currency, tax_rate: currency === HOME_CURRENCY ? HOME_TAX_RATE : '' };
}

function allLanguages(texts: Readonly<Record<string, string>>): Texts {
  return { en: texts['en'] ?? '', ru: texts['ru'] ?? '', kk: texts['kk'] ?? '' };
}

/** What the form shows of a product. */
export function valuesOf(product: ProductView): ProductValues {
  return {
    sku: product.sku,
    names: allLanguages(product.names),
    descriptions: allLanguages(product.descriptions),
    category_id: product.category?.id ?? null,
    attributes: product.attributes,
    price: product.price,
    currency: product.price.currency,
    tax_rate: String(product.tax_rate),
    unit: product.unit,
    pack_size: String(product.pack_size),
    minimum_order: String(product.minimum_order),
    weight_grams: product.weight_grams === null ? '' : String(product.weight_grams),
    barcode: printedCode(product.barcode ?? ''),
    country: product.country ?? '',
    visibility: product.visibility,
  };
}

function filled(texts: Texts): Partial<Texts> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));
}

const decimal = (typed: string): string => typed.trim().replace(',', '.');

function ownOf(values: ProductValues) {
  const weight = values.weight_grams.trim();
  return {
    sku: values.sku,
    barcode: values.barcode.trim() === '' ? null : values.barcode,
    // What is no number is sent as it is: the answer says so beside the field.
    weight_grams: weight === '' ? null : (weight as unknown as number),
  };
}

function sharedOf(values: ProductValues) {
  return {
    names: filled(values.names),
    descriptions: filled(values.descriptions),
    category_id: values.category_id,
    attributes: values.attributes,
    tax_rate: decimal(values.tax_rate),
    unit: values.unit,
    pack_size: decimal(values.pack_size),
    minimum_order: decimal(values.minimum_order),
    country: values.country === '' ? null : values.country,
    visibility: values.visibility,
  };
}

/** The body of a new product. */
export function bodyOf(values: ProductValues): ProductBody {
  // Without a price it is sent without one, and the answer says so beside the field: nought would be a price.
  const price = values.price ?? undefined;
  return { ...sharedOf(values), ...ownOf(values), price } as ProductBody;
}

/** What a form changes of a product. A family's price is that of its variants, so it goes along only when it was changed. */
export function patchOf(values: ProductValues, product: ProductView): Partial<ProductPatch> {
  const isVariant = product.parent_id !== null;
  const price = values.price;
  const isSame =
    price === null ||
    (price.amount === product.price.amount && price.currency === product.price.currency);
  return {
    ...(isVariant ? {} : sharedOf(values)),
    ...ownOf(values),
    ...(isSame ? {} : { price }),
    version: product.version,
  } as Partial<ProductPatch>;
}
