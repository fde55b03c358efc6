import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { FieldChanges } from '@/shared/trade/field-changes';
import { Badge } from '@/shared/ui/badge';
import { Card } from '@/shared/ui/page';
import { ErrorState, SkeletonRows } from '@/shared/ui/states';
import { DateTime, Money } from '@/shared/ui/values';

import { dealTermsQuery } from '../api/queries';
import type { DealView, TermsView } from '../api/types';
import { termChanges, termLineName } from '../model/term-changes';
import { Fingerprint } from './sign-dialog';

/** Every version of the terms, newest first, with what changed and who signed it. */
export function TermsVersions({ deal }: { deal: DealView }): ReactNode {
  const { t } = useTranslation(['deals', 'trade']);
  const newestFirst = [...deal.terms_versions].sort((a, b) => b.number - a.number);
  const queries = useQueries({
    queries: newestFirst.map(({ number }) => dealTermsQuery(deal.id, number)),
  });
  const failed = queries.find(({ error, data }) => error !== null && data === undefined);
  if (failed !== undefined) {
    return (
      <Card>
        <ErrorState
          error={failed.error}
          onRetry={() => queries.forEach((query) => void query.refetch())}
        />
      </Card>
    );
  }
  if (queries.some(({ isPending }) => isPending)) {
    return (
      <Card isFlush>
        <SkeletonRows rows={3} />
      </Card>
    );
  }
  const versions = queries.map(({ data }) => data).filter((data) => data !== undefined);
  return (
    <ol className="flex flex-col gap-3">
      {versions.map((terms, index) => (
        <li key={terms.number}>
          <Card className="flex flex-col gap-3">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <h3 className="flex items-center gap-2 text-body font-semibold">
                {t('version', { number: String(terms.number) })}
                {signedBy(deal, terms).map((side) => (
                  <Badge key={side} tone="done">
                    {t(side === 'buyer' ? 'signed.buyer' : 'signed.vendor')}
                  </Badge>
                ))}
              </h3>
              <Money value={terms.total} className="font-semibold" />
            </div>
            <p className="text-small text-muted">
              {terms.proposed_by_name} (
              {t(terms.proposed_by_side === 'buyer' ? 'trade:buyer' : 'trade:vendor')}),{' '}
              <DateTime value={terms.created_at} />
            </p>
            {terms.note !== '' && <p className="text-body whitespace-pre-line">{terms.note}</p>}
            <Changes terms={terms} before={versions[index + 1]} />
            <Fingerprint hash={terms.content_sha256} />
          </Card>
        </li>
      ))}
    </ol>
  );
}

function Changes({
  terms,
  before,
}: {
  terms: TermsView;
  before: TermsView | undefined;
}): ReactNode {
  if (before === undefined) return null;
  return (
    <FieldChanges
      changes={termChanges(before, terms)}
      lineName={(key) => termLineName([terms, before], key)}
    />
  );
}

function signedBy(deal: DealView, terms: TermsView): string[] {
  return deal.signatures
    .filter(({ terms_number: number }) => number === terms.number)
    .map(({ side }) => side);
}
