import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { ChangeList } from '@/shared/trade/change-list';
import { Card } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { DateTime } from '@/shared/ui/values';

import type { LinkDetails } from '../api/types';
import { changedFields } from '../model/terms';
import { TermsList, useShownTerm } from './terms-list';

/** Every version of the terms, newest first, with what changed. */
export function TermsVersions({ link }: { link: LinkDetails }): ReactNode {
  const { t } = useTranslation('links');
  const shown = useShownTerm();
  if (link.terms_versions.length === 0) {
    return (
      <Card>
        <EmptyState title={t('terms.none')} text={t('terms.none_text')} />
      </Card>
    );
  }
  return (
    <ol className="flex flex-col gap-3">
      {link.terms_versions.map((terms, index) => {
        const before = link.terms_versions[index + 1];
        return (
          <li key={terms.number}>
            <Card className="flex flex-col gap-3">
              <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                <h3 className="text-body font-semibold">
                  {t('terms.version', { number: String(terms.number) })}
                </h3>
                <p className="text-small text-muted">
                  {terms.set_by_name !== null && `${terms.set_by_name}, `}
                  <DateTime value={terms.created_at} />
                </p>
              </div>
              {before === undefined ? (
                <TermsList terms={terms} />
              ) : (
                <ChangeList
                  changes={changedFields(before, terms).map((field) => ({
                    id: field,
                    label: t(`terms.${field}`),
                    before: shown(before, field),
                    after: shown(terms, field),
                  }))}
                />
              )}
            </Card>
          </li>
        );
      })}
    </ol>
  );
}
