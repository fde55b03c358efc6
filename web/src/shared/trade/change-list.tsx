import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface ShownChange {
  id: string;
  label: ReactNode;
  before: ReactNode;
  after: ReactNode;
}

/** Values that differ between two versions, the old one struck through. Load the words `trade`. */
export function ChangeList({ changes }: { changes: readonly ShownChange[] }): ReactNode {
  const { t } = useTranslation('trade');
  if (changes.length === 0) return <p className="text-body text-muted">{t('no_changes')}</p>;
  return (
    <ul className="flex flex-col divide-y divide-line">
      {changes.map(({ id, label, before, after }) => (
        <li
          key={id}
          className="grid gap-x-6 gap-y-0.5 py-2 text-body first:pt-0 last:pb-0 sm:grid-cols-[minmax(8rem,1fr)_2fr]"
        >
          <span className="text-muted">{label}</span>
          <span className="flex min-w-0 flex-wrap items-baseline gap-x-2 break-words">
            {isNothing(before) ? null : (
              <del className="text-muted">
                <span className="sr-only">{t('before')} </span>
                {before}
              </del>
            )}
            {isNothing(after) ? (
              <span className="text-stopped">{t('taken_away')}</span>
            ) : (
              <ins className="font-medium no-underline">
                <span className="sr-only">{t('after')} </span>
                {after}
              </ins>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function isNothing(value: ReactNode): boolean {
  return value === null || value === undefined || value === '';
}
