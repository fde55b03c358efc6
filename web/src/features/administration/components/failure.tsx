import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Why something failed, folded away until somebody looks. */
export function Failure({ error }: { error: string | null }): ReactNode {
  const { t } = useTranslation('admin');
  if (error === null || error === '') return null;
  return (
    <details className="mt-1.5 text-small">
      <summary className="w-fit cursor-pointer rounded-base text-stopped">{t('error')}</summary>
      <pre className="mt-1.5 max-h-64 overflow-auto rounded-base bg-sunken p-3 font-mono whitespace-pre-wrap">
        {error}
      </pre>
    </details>
  );
}
