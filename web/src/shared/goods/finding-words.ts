import { useTranslation } from 'react-i18next';

import type { components } from '@/shared/api/schema';

export type Finding = components['schemas']['Finding'];

const LANGUAGES = ['en', 'ru', 'kk'] as const;

/** How near two pictures are says nothing to people; the words beside it do. */
const MEASURE = /^[a-z_]+: [\d.]+$/;

interface FindingWords {
  /** What was found, such as “Phone number”. */
  title: string;
  /** Where it was found and what stands there, such as “Name in English: +7 701 …”. */
  place: string;
}

/** Returns how a finding of the automatic checks reads; load the words `moderation` with the page. */
export function useFindingWords(): (finding: Finding) => FindingWords {
  const { t } = useTranslation('moderation');
  // Codes come from the server; one that has no words yet shows its own name.
  const translate = t as unknown as (key: string, fallback: string) => string;
  const placeOf = (field: string): string => {
    const [noun = '', part = ''] = field.split('/');
    const language = LANGUAGES.find((one) => one === part);
    if (language !== undefined && (noun === 'names' || noun === 'descriptions'))
      return t(`places.${noun}_${language}`);
    if (noun === 'images') return t('places.image', { number: String(Number(part) + 1) });
    if (field === 'attributes/text') return t('places.text');
    return field;
  };
  return ({ code, field, detail }) => ({
    title: translate(`findings.${code.replace('.', '_')}`, code),
    place: [placeOf(field), MEASURE.test(detail) ? '' : detail]
      .filter((part) => part !== '')
      .join(': '),
  });
}
