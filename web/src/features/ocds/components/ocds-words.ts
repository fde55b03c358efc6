import { useTranslation } from 'react-i18next';

interface OcdsWords {
  tag: (code: string) => string;
  status: (code: string) => string;
  role: (code: string) => string;
}

/** Returns the words of the standard's code lists; a code that has none is shown as it is. */
export function useOcdsWords(): OcdsWords {
  const { t } = useTranslation('ocds');
  // Open code lists: the keys are made of what the files say, so they cannot be typed.
  const translate = t as unknown as (key: string, fallback: string) => string;
  const word =
    (list: string) =>
    (code: string): string =>
      translate(`${list}.${code}`, code);
  return { tag: word('tags'), status: word('statuses'), role: word('party_roles') };
}
