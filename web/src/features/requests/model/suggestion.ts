import type { components } from '@/shared/api/schema';

import type { Suggestion } from '../api/types';
import { QUANTITY } from './values';

/** The draft that a taken suggestion makes: only what was said or is in the data; prices are no target prices. */
export function draftOf(suggestion: Suggestion): components['schemas']['RequestBody'] {
  const { budget, place } = suggestion;
  const stated = budget.stated?.currency === suggestion.currency ? budget.stated : null;
  return {
    title: suggestion.title,
    description: suggestion.description,
    currency: suggestion.currency,
    budget: stated,
    ...(suggestion.category === null ? {} : { category: suggestion.category.code }),
    ...(suggestion.needed_by === null ? {} : { needed_by: suggestion.needed_by.day }),
    ...(place === null
      ? {}
      : { delivery_place: place.city, delivery_country: place.country || null }),
    lines: suggestion.lines
      .filter((line) => line.name.trim() !== '')
      .map((line) => ({
        name: line.name,
        specification: line.specification,
        quantity: QUANTITY.test(line.quantity) ? line.quantity : '1',
        unit: line.unit,
      })),
  };
}
