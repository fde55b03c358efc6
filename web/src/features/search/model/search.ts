import * as z from 'zod/mini';

export const SORTS = ['relevance', 'price', '-price', 'rating', 'newest'] as const;

const id = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i));
const amount = z.catch(z.optional(z.int().check(z.minimum(0))), undefined);

/** The part of a page's address that is a search of the catalogue; prices are minor units of `currency`. */
export const catalogueSearch = z.object({
  q: z.catch(z.optional(z.string().check(z.maxLength(200))), undefined),
  category: z.catch(z.optional(id), undefined),
  suppliers: z.catch(z.optional(z.array(id)), undefined),
  attributes: z.catch(z.optional(z.array(z.string())), undefined),
  currency: z.catch(z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))), undefined),
  price_min: amount,
  price_max: amount,
  in_stock: z.catch(z.optional(z.boolean()), undefined),
  literal: z.catch(z.optional(z.boolean()), undefined),
  sort: z.catch(z.optional(z.enum(SORTS)), undefined),
  page: z.catch(z.optional(z.int().check(z.positive())), undefined),
  size: z.catch(z.optional(z.int().check(z.minimum(1), z.maximum(100))), undefined),
});

export type CatalogueSearch = z.infer<typeof catalogueSearch>;
export type CataloguePatch = Partial<CatalogueSearch>;

/** Applies a change: whoever searches or narrows anew starts at the first page, and empty values leave the address. */
export function patchCatalogue(search: CatalogueSearch, patch: CataloguePatch): CatalogueSearch {
  const merged = { ...search, ...('page' in patch ? {} : { page: undefined }), ...patch };
  // Other words were not meant literally.
  if ('q' in patch && !('literal' in patch)) merged.literal = undefined;
  const kept = Object.entries(merged).filter(
    ([, value]) =>
      value !== undefined &&
      value !== '' &&
      value !== false &&
      !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept) as CatalogueSearch;
}

/** Adds a value to a list, or takes it away; an empty list is none. */
export function toggled(values: readonly string[] | undefined, value: string): string[] {
  const present = values ?? [];
  return present.includes(value) ? present.filter((one) => one !== value) : [...present, value];
}

/** Returns the query of the request; a price without a currency would be refused. */
export function searchParameters(search: CatalogueSearch) {
  const { q, category, suppliers, attributes, currency, price_min, price_max, ...rest } = search;
  const priced = currency === undefined ? {} : { currency, price_min, price_max };
  const all = {
    ...rest,
    ...priced,
    q,
    category_id: category,
    supplier_id: suppliers,
    attribute: attributes,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as {
    [Key in keyof typeof all]?: NonNullable<(typeof all)[Key]>;
  };
}
