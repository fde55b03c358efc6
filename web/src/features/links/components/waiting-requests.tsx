import { useQuery } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { Pagination } from '@/shared/ui/data-table/pagination';
import { type SearchPatch } from '@/shared/ui/data-table/search';
import { FilterBar } from '@/shared/ui/filter-bar';
import { Link } from '@/shared/ui/link';
import { Card } from '@/shared/ui/page';
import { EmptyState, Skeleton } from '@/shared/ui/states';
import { Avatar, RelativeTime } from '@/shared/ui/values';

import { waitingQuery } from '../api/queries';
import type { BuyerSearch, LinkListItem } from '../api/types';
import { LinkActions } from './link-actions';
import { placeOf } from './partner-place';

interface WaitingRequestsProps {
  search: BuyerSearch;
  onSearch: (patch: SearchPatch) => void;
  /** Leads to the invitations: the way to buyers where nobody asks. */
  onInvite: () => void;
}

/** Buyers who wait for an answer, with what they write and what can be done. */
export function WaitingRequests(props: WaitingRequestsProps): ReactNode {
  const { search, onSearch } = props;
  return (
    <div className="flex flex-col gap-4">
      <FilterBar q={search.q} onSearch={onSearch} />
      <Requests {...props} />
    </div>
  );
}

function Requests({ search, onSearch, onInvite }: WaitingRequestsProps): ReactNode {
  const { t } = useTranslation(['links', 'ui']);
  const query = useQuery(waitingQuery(search));
  const { data, isPlaceholderData } = query;
  if (data === undefined)
    return (
      <Awaiting
        query={query}
        skeleton={
          <div className="flex flex-col gap-3">
            {Array.from({ length: 3 }, (_, index) => (
              <Skeleton key={index} className="h-36" />
            ))}
          </div>
        }
        isInCard
      />
    );
  if (data.items.length === 0) {
    return (
      <Card>
        {search.q === undefined ? (
          <EmptyState
            icon={Inbox}
            title={t('inbox.empty')}
            text={t('inbox.empty_text')}
            action={<Button onClick={onInvite}>{t('invitations.title')}</Button>}
          />
        ) : (
          <EmptyState
            title={t('ui:table.nothing_matches')}
            text={t('ui:table.nothing_matches_text')}
            action={
              <Button onClick={() => onSearch({ q: undefined })}>
                {t('ui:table.reset_filters')}
              </Button>
            }
          />
        )}
      </Card>
    );
  }
  return (
    <div aria-busy={isPlaceholderData}>
      <ul aria-label={t('inbox.requests')} className="flex flex-col gap-3">
        {data.items.map((link) => (
          <RequestCard key={link.id} link={link} />
        ))}
      </ul>
      <div className="mt-3">
        <Pagination {...data} onSearch={onSearch} />
      </div>
    </div>
  );
}

function RequestCard({ link }: { link: LinkListItem }): ReactNode {
  const { t } = useTranslation('links');
  return (
    <li className="flex flex-col gap-3 rounded-base border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start gap-3">
        <Avatar name={link.consumer.name} url={link.consumer.logo_url} isOrganisation />
        <div className="min-w-0 flex-1 basis-48">
          <h2 className="text-reading font-semibold break-words">
            <Link to="/app/links/$linkId" params={{ linkId: link.id }}>
              {link.consumer.name}
            </Link>
          </h2>
          <p className="text-small text-muted">
            {placeOf(link.consumer)} · <RelativeTime value={link.created_at} />
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <LinkActions link={link} isListed />
        </div>
      </div>
      {link.message !== null && link.message !== '' && (
        <p className="max-w-3xl text-body whitespace-pre-line">{link.message}</p>
      )}
      {link.expires_at !== null && (
        <p className="text-small text-muted">
          {t('inbox.lapses')} <RelativeTime value={link.expires_at} />
        </p>
      )}
    </li>
  );
}
