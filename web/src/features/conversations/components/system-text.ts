import { useTranslation } from 'react-i18next';

/** Returns a function that says in the reader's language what the platform noted in a conversation. */
export function useSystemText(): (
  code: string,
  params: Readonly<Record<string, unknown>>,
) => string {
  const { t } = useTranslation('conversations');
  // Codes come from the server; one that has no words yet shows itself.
  const translate = t as unknown as (key: string, options: Record<string, unknown>) => string;
  return (code, params) =>
    translate(`system.${code}`, { name: '', number: '', ...params, defaultValue: code });
}
