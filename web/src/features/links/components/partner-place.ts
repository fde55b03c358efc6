import { countryName } from '@/shared/countries/countries';

/** Where a company is, as far as it says: the city and the country. */
export function placeOf({ city, country }: { city: string; country: string }): string {
  return [city, country === '' ? '' : countryName(country)]
    .filter((part) => part !== '')
    .join(', ');
}
