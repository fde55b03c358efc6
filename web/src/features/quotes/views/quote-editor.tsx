import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useSession } from '@/shared/session/session';
import { FieldChanges } from '@/shared/trade/field-changes';
import { type TradeRequest, tradeRequestQuery } from '@/shared/trade/request-query';
import { Awaiting } from '@/shared/ui/awaiting';
import { Banner } from '@/shared/ui/banner';
import { ButtonLink, Link } from '@/shared/ui/link';
import { Card, PageBody, PageHeader, Section } from '@/shared/ui/page';
import { EmptyState, PageSkeleton } from '@/shared/ui/states';

import { quoteQuery } from '../api/queries';
import type { QuoteView } from '../api/types';
import { OfferEditor } from '../forms/offer-editor';

/** A first quote for a request. */
export function NewQuote({ requestId }: { requestId: string }): ReactNode {
  const { t } = useTranslation('quotes');
  const session = useSession();
  const query = useQuery(tradeRequestQuery(requestId));
  const { data: read } = query;
  // What is being answered stays while it is typed: an amendment is announced, not slipped in.
  const request = useFirst(read);
  if (request === undefined || read === undefined) {
    return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  }
  const eyebrow = (
    <Link to="/app/board/$requestId" params={{ requestId }}>
      {request.number} {request.title}
    </Link>
  );
  const refusal = whyNot(read);
  return (
    <PageBody>
      <PageHeader title={t('editor.new')} eyebrow={eyebrow} text={request.organisation.name} />
      {read.revision !== request.revision && (
        <Banner tone="waiting">{t('editor.amended_meanwhile')}</Banner>
      )}
      {refusal === null ? (
        <OfferEditor
          request={request}
          present={null}
          target={{ kind: 'submit', requestId }}
          draftKey={`karavan.quote.${session?.organisation.id ?? ''}.${requestId}`}
        />
      ) : (
        <Card>
          <EmptyState
            title={t(`editor.refused.${refusal}`)}
            action={
              <ButtonLink to="/app/board/$requestId" params={{ requestId }}>
                {t('editor.to_request')}
              </ButtonLink>
            }
          />
        </Card>
      )}
    </PageBody>
  );
}

const LIVE = new Set(['submitted', 'updated', 'standby', 'accepted']);

function whyNot(request: TradeRequest): 'own' | 'quoted' | 'closed' | null {
  if (request.party === 'buyer') return 'own';
  if (request.quote !== null && LIVE.has(request.quote.state)) return 'quoted';
  return request.accepts_quotes ? null : 'closed';
}

/** The next version of a quote, which also answers an amended request. */
export function EditQuote({ quoteId }: { quoteId: string }): ReactNode {
  const query = useQuery(quoteQuery(quoteId));
  const { data } = query;
  const quote = useFirst(data);
  if (quote === undefined || data === undefined) {
    return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  }
  return <EditLoaded quote={quote} latest={data} />;
}

function EditLoaded({ quote, latest }: { quote: QuoteView; latest: QuoteView }): ReactNode {
  const { t } = useTranslation('quotes');
  const query = useQuery(tradeRequestQuery(quote.request.id));
  const request = useFirst(query.data);
  if (request === undefined) {
    return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  }
  const kind = quote.needs_reconfirm ? 'reconfirm' : 'update';
  const isAllowed = latest.actions.some(({ name }) => name === kind);
  const changes = request.revisions
    .filter(({ revision }) => revision > quote.request_revision)
    .sort((a, b) => a.revision - b.revision);
  return (
    <PageBody>
      <PageHeader
        title={t(kind === 'update' ? 'editor.edit' : 'editor.reconfirm', { number: quote.number })}
        eyebrow={
          <Link to="/app/quotes/$quoteId" params={{ quoteId: quote.id }}>
            {quote.number}
          </Link>
        }
        text={`${request.title} · ${request.organisation.name}`}
      />
      {changes.length > 0 && (
        <Section title={t('editor.changed_since')}>
          <Card className="flex flex-col gap-4">
            {changes.map((revision) => (
              <div key={revision.revision} className="flex flex-col gap-2">
                {revision.note !== '' && <p className="text-body">{revision.note}</p>}
                <FieldChanges
                  changes={revision.changes}
                  lineName={(id) => request.lines.find((line) => line.id === id)?.name ?? '…'}
                />
              </div>
            ))}
          </Card>
        </Section>
      )}
      {isAllowed ? (
        <OfferEditor
          key={request.revision}
          request={request}
          present={quote.offer}
          formerQuantities={formerQuantities(changes)}
          target={{ kind, quoteId: quote.id, version: quote.version }}
          draftKey={`karavan.quote.${quote.id}`}
        />
      ) : (
        <Card>
          <EmptyState
            title={t('editor.refused.state')}
            action={
              <ButtonLink to="/app/quotes/$quoteId" params={{ quoteId: quote.id }}>
                {t('editor.to_quote')}
              </ButtonLink>
            }
          />
        </Card>
      )}
    </PageBody>
  );
}

/** What was asked for of each amended line before the first of these amendments. */
function formerQuantities(revisions: TradeRequest['revisions']): Map<string, string> {
  const former = new Map<string, string>();
  for (const { field, before } of revisions.flatMap(({ changes }) => changes)) {
    const [noun, lineId, part] = field.split('/');
    if (noun !== 'lines' || lineId === undefined || part !== 'quantity') continue;
    if (typeof before === 'string' && !former.has(lineId)) former.set(lineId, before);
  }
  return former;
}

/** Keeps the first value that was read, so that refreshing in the background does not change a form under the hands. */
function useFirst<Value>(value: Value | undefined): Value | undefined {
  const [first, setFirst] = useState(value);
  if (first === undefined && value !== undefined) setFirst(value);
  return first ?? value;
}
