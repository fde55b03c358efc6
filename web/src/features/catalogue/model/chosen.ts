import type { GoodsPatch, GoodsSearch, SearchPage } from '../api/types';

type Facets = SearchPage['facets'];

/** How a value of a facet is called for the reader. */
type NameOf = (names: Readonly<Record<string, string>>) => string;

export interface Chosen {
  key: string;
  label: string;
  /** What takes it away. */
  patch: GoodsPatch;
}

/** Suppliers and attributes that a search is narrowed to, in words, as far as the facets know them. */
export function chosenFacets(
  search: GoodsSearch,
  facets: Pick<Facets, 'suppliers' | 'attributes'> | undefined,
  nameOf: NameOf,
): Chosen[] {
  const suppliers = (search.suppliers ?? []).map((id) => ({
    key: id,
    label: facets?.suppliers.items.find((one) => one.id === id)?.name ?? '…',
    patch: { suppliers: (search.suppliers ?? []).filter((one) => one !== id) },
  }));
  const attributes = (search.attributes ?? []).map((pair) => {
    const code = pair.slice(0, pair.indexOf(':'));
    const value = pair.slice(code.length + 1);
    const facet = facets?.attributes.find((one) => one.code === code);
    const names = facet?.values.find((one) => one.value === value)?.names ?? null;
    const title = facet?.names == null ? code : nameOf(facet.names);
    return {
      key: pair,
      label: `${title}: ${names === null ? value : nameOf(names)}`,
      patch: { attributes: (search.attributes ?? []).filter((one) => one !== pair) },
    };
  });
  return [...suppliers, ...attributes];
}
