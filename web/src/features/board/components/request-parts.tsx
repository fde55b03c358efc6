import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { components } from '@/shared/api/schema';
import { useCategories } from '@/shared/categories/categories';
import { countryName } from '@/shared/countries/countries';
import { FieldChanges } from '@/shared/trade/field-changes';
import { useUnits } from '@/shared/units/units';
import { FileList } from '@/shared/ui/file-list';
import { Card, DescriptionList, Section } from '@/shared/ui/page';
import { Countdown, DateTime, Money } from '@/shared/ui/values';

import type { PublicRequest, RequestView } from '../api/types';

type Shown = PublicRequest | RequestView;
type Line = components['schemas']['RequestLineView'];

/** Until when quotes are taken, in words and as a moment. */
export function DeadlineCard({
  request,
  children,
}: {
  request: Shown;
  children?: ReactNode;
}): ReactNode {
  const { t } = useTranslation('board');
  return (
    <Card className="flex flex-col gap-4">
      <div>
        <p className="text-small text-muted">
          {request.accepts_quotes ? t('quotes_until') : t('closed')}
        </p>
        {request.quotes_due_at !== null && (
          <>
            {request.accepts_quotes && (
              <p className="text-title font-semibold">
                <Countdown deadline={request.quotes_due_at} />
              </p>
            )}
            <p className="text-body text-muted">
              <DateTime value={request.quotes_due_at} />
            </p>
          </>
        )}
      </div>
      {request.budget !== null && (
        <div>
          <p className="text-small text-muted">{t('columns.budget')}</p>
          <p className="text-title font-semibold">
            <Money value={request.budget} />
          </p>
        </div>
      )}
      {request.sealed && <p className="text-small text-muted">{t('sealed_text')}</p>}
      {children}
    </Card>
  );
}

/** What is wanted: description, facts, lines and files. */
export function RequestContents({ request }: { request: Shown }): ReactNode {
  const { t } = useTranslation(['board', 'trade']);
  const categories = useCategories();
  const where = [
    request.delivery_place,
    request.delivery_country === null ? '' : countryName(request.delivery_country),
  ];
  return (
    <>
      {request.description !== '' && (
        <p className="max-w-prose text-reading whitespace-pre-line">{request.description}</p>
      )}
      <Section title={t('lines_title')}>
        <RequestLines lines={request.lines} />
      </Section>
      <Section title={t('terms_title')}>
        <Card>
          <DescriptionList
            columns={3}
            items={[
              { term: t('columns.category'), value: categories.label(request.category) },
              {
                term: t('trade:delivery_place'),
                value: where.filter((part) => part !== '').join(', '),
              },
              {
                term: t('needed_by'),
                value: request.needed_by === null ? null : <DateTime value={request.needed_by} />,
              },
              { term: t('trade:delivery_terms'), value: request.delivery_terms },
              { term: t('trade:payment_terms'), value: request.payment_terms },
              { term: t('trade:currency'), value: request.currency },
            ]}
          />
        </Card>
      </Section>
      {request.attachments.length > 0 && (
        <Section title={t('trade:files')}>
          <FileList files={request.attachments} />
        </Section>
      )}
    </>
  );
}

function RequestLines({ lines }: { lines: readonly Line[] }): ReactNode {
  const { t } = useTranslation(['board', 'trade']);
  const units = useUnits();
  return (
    <Card isFlush>
      <ol className="divide-y divide-line">
        {lines.map((line) => (
          <li key={line.id} className="flex gap-3 px-4 py-3 text-body">
            <span className="w-6 shrink-0 text-small text-muted tabular">{line.position}</span>
            <div className="min-w-0 flex-1">
              <p className="font-medium">{line.name}</p>
              {line.specification !== '' && (
                <p className="mt-0.5 whitespace-pre-line text-muted">{line.specification}</p>
              )}
            </div>
            <div className="text-right">
              <p className="whitespace-nowrap tabular">
                {units.quantity(line.quantity, line.unit)}
              </p>
              {line.target_price !== null && (
                <p className="text-small text-muted">
                  {t('target')} <Money value={line.target_price} />
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** Amendments, newest first: when, and what the buyer said about them. */
export function Revisions({ request }: { request: Shown }): ReactNode {
  const { t } = useTranslation('board');
  const { revisions, lines } = request;
  if (revisions.length === 0) return null;
  return (
    <Section title={t('revisions')}>
      <Card>
        <ol className="flex flex-col gap-4">
          {[...revisions]
            .sort((a, b) => b.revision - a.revision)
            .map((revision) => (
              <li key={revision.revision} className="text-body">
                <p className="flex flex-wrap justify-between gap-x-4">
                  <span className="font-medium">
                    {t('revision', { number: revision.revision })}
                  </span>
                  <span className="text-small text-muted">
                    <DateTime value={revision.created_at} />
                  </span>
                </p>
                {revision.note !== '' && (
                  <p className="mt-0.5 whitespace-pre-line">{revision.note}</p>
                )}
                <div className="mt-2 border-l-2 border-line pl-3">
                  <FieldChanges
                    changes={revision.changes}
                    lineName={(id) => lines.find((line) => line.id === id)?.name ?? '…'}
                  />
                </div>
              </li>
            ))}
        </ol>
      </Card>
    </Section>
  );
}
