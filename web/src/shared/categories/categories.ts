import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { api, unwrap } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import { currentLanguage } from '@/shared/i18n/i18n';

export type CategoryCode = components['schemas']['Category'];

/** What is traded, with names in every language; it changes only with the server. */
export const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/procurement/categories', { signal })),
  staleTime: Infinity,
});

export interface CategoryWords {
  /** The category's name; its code until the names are here. */
  label: (code: string) => string;
  choices: { value: string; label: string }[];
}

/** Returns the names of categories in the reader's language. */
export function useCategories(): CategoryWords {
  useTranslation();
  const { data = [] } = useQuery(categoriesQuery);
  const language = currentLanguage();
  return {
    label: (code) => data.find((one) => one.code === code)?.[language] ?? code,
    choices: data.map((one) => ({ value: one.code, label: one[language] })),
  };
}
