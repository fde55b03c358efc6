import { useTranslation } from 'react-i18next';

interface ActionWords {
  /** “Request: publication” for `request.publish`. */
  action: (name: string) => string;
  noun: (name: string) => string;
  field: (name: string) => string;
}

/** Returns the words of the trail; what has none yet is shown as the server writes it. */
export function useActionWords(): ActionWords {
  const { t } = useTranslation('audit');
  // The keys are made of the server's names, so they cannot be typed.
  const translate = t as unknown as (key: string, fallback: string) => string;
  const noun = (name: string): string => translate(`nouns.${name}`, name);
  return {
    noun,
    action: (name) => {
      const [first = name, second] = name.split('.');
      if (second === undefined) return noun(first);
      // A few verbs mean something else of one noun: an import that starts is no sign-in.
      const usual = translate(`verbs.${second}`, second);
      return `${noun(first)}: ${translate(`verbs.${first}_${second}`, usual)}`;
    },
    field: (name) => translate(`fields.${name}`, name),
  };
}
