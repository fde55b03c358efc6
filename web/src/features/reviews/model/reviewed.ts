import { nameNow } from '@/shared/i18n/names';

interface Reviewed {
  product_name: string;
  product_names: Readonly<Record<string, string>>;
}

/** What the goods of a review are called for the reader. */
export const reviewedName = (review: Reviewed): string =>
  nameNow({ name: review.product_name, names: review.product_names });
