import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import type { TableSearch } from '@/shared/ui/data-table/search';

import { type CatalogueSearch, searchParameters } from '../model/search';

type Schemas = components['schemas'];
export type SearchPage = Schemas['SearchPage'];
export type FoundProduct = Schemas['FoundProduct'];
export type Facets = Schemas['Facets'];
export type Suggestions = Schemas['Suggestions'];
export type Synonym = Schemas['SynonymView'];
export type SynonymBody = Schemas['SynonymBody'];

const SUGGESTED_FOR_MS = 60_000;

/** A page of products with what it can be narrowed by. */
export const searchQuery = (search: CatalogueSearch) =>
  queryOptions({
    queryKey: ['catalogue-search', search],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/search', { params: { query: searchParameters(search) }, signal })),
    placeholderData: keepPreviousData,
  });

/** What may be meant by the words so far. */
export const suggestQuery = (words: string) =>
  queryOptions({
    queryKey: ['catalogue-search', 'suggest', words],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/search/suggest', { params: { query: { q: words } }, signal })),
    enabled: words.trim().length > 1,
    staleTime: SUGGESTED_FOR_MS,
    placeholderData: keepPreviousData,
  });

export type SynonymsSearch = TableSearch & { language?: 'en' | 'ru' | 'kk' | undefined };

/** The operator's synonyms, newest first. */
export const synonymsQuery = ({ page, size, q, language }: SynonymsSearch) =>
  queryOptions({
    queryKey: ['synonyms', { page, size, q, language }],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/admin/synonyms', {
          params: {
            query: {
              page,
              size,
              q,
              language,
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

function useSynonymChange<Wanted, Done>(change: (wanted: Wanted) => Promise<Done>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    meta: { showsProblem: true },
    onSettled: () => client.invalidateQueries({ queryKey: ['synonyms'] }),
  });
}

/** Adds an entry, or replaces one. */
export const useSaveSynonym = () =>
  useSynonymChange(({ entry, body }: { entry: Synonym | null; body: SynonymBody }) =>
    entry === null
      ? unwrap(api.POST('/api/v1/admin/synonyms', { body }))
      : unwrap(
          api.PATCH('/api/v1/admin/synonyms/{synonym_id}', {
            params: { path: { synonym_id: entry.id } },
            body: { ...body, version: entry.version },
          }),
        ),
  );

/** Removes an entry. */
export const useRemoveSynonym = () =>
  useSynonymChange((entry: Synonym) =>
    unwrap(
      api.DELETE('/api/v1/admin/synonyms/{synonym_id}', {
        params: { path: { synonym_id: entry.id }, header: { 'if-match': `"${entry.version}"` } },
      }),
    ),
  );
