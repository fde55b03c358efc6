import { queryOptions } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import { currentLanguage } from '@/shared/i18n/i18n';

export type CategoryNode = components['schemas']['CategoryNode'];
export type NamedCategory = components['schemas']['NamedCategory'];
export type CategoryPage = components['schemas']['CategoryPage'];
export type CategoryHit = components['schemas']['CategoryHit'];
export type CategoryAttribute = components['schemas']['AttributeView'];

const FRESH_MS = 60_000;

/** One level of the tree: the children of a category, or the roots. */
export const levelQuery = (parentId: string | null, archived = false) =>
  queryOptions({
    queryKey: ['category-tree', 'level', parentId, archived],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/categories', {
          params: {
            query: { depth: 1, archived, ...(parentId === null ? {} : { parent_id: parentId }) },
          },
          signal,
        }),
      ),
    staleTime: FRESH_MS,
  });

/** A category with its place in the tree and its attributes, by identifier or code. */
export const categoryQuery = (idOrCode: string) =>
  queryOptions({
    queryKey: ['category-tree', 'one', idOrCode],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/categories/{category_id}', {
          params: { path: { category_id: idOrCode } },
          signal,
        }),
      ),
    staleTime: FRESH_MS,
  });

/** Categories whose name in any language holds the words. */
export const categorySearchQuery = (words: string) =>
  queryOptions({
    queryKey: ['category-tree', 'search', words],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/categories/search', { params: { query: { q: words } }, signal })),
    staleTime: FRESH_MS,
    enabled: words !== '',
  });

export interface CategoryNames {
  /** The name in the reader's language. */
  of: (category: Pick<NamedCategory, 'names'>) => string;
  /** “Beverages › Coffee”. */
  path: (categories: readonly Pick<NamedCategory, 'names'>[]) => string;
}

/** Returns how categories are called in the reader's language. */
export function useCategoryNames(): CategoryNames {
  useTranslation();
  const language = currentLanguage();
  const of = (category: Pick<NamedCategory, 'names'>): string => category.names[language];
  return { of, path: (categories) => categories.map(of).join(' › ') };
}
