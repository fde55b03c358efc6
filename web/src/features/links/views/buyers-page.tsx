import { useQuery } from '@tanstack/react-query';
import { QrCode, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { Tabs } from '@/shared/ui/tabs';

import { myBuyersQuery, readAllBuyers, waitingQuery } from '../api/queries';
import type { BuyerSearch } from '../api/types';
import { InvitationList } from '../components/invitation-list';
import { LinkTable } from '../components/link-table';
import { WaitingRequests } from '../components/waiting-requests';
import { InvitationDialog } from '../forms/invitation-dialog';

const DECIDED = ['accepted', 'denied', 'blocked', 'withdrawn', 'left'] as const;

interface BuyersPageProps {
  search: BuyerSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** A supplier's buyers: who asks, who is linked, and how others are invited. */
export function BuyersPage({ search, onSearch }: BuyersPageProps): ReactNode {
  const { t } = useTranslation('links');
  const mayDecide = useCan()('links:decide');
  const [isInviting, setIsInviting] = useState(false);
  const waiting = useQuery(waitingQuery({}));
  const open = (tab: string): void =>
    onSearch({
      tab: tab === 'requests' ? undefined : tab,
      q: undefined,
      sort: undefined,
      state: undefined,
    });
  const shown = search.tab === 'invitations' && !mayDecide ? 'requests' : search.tab;
  return (
    <PageBody>
      <PageHeader
        title={t('inbox.title')}
        text={t('inbox.text')}
        actions={
          mayDecide && (
            <Button variant="primary" icon={QrCode} onClick={() => setIsInviting(true)}>
              {t('invitations.create')}
            </Button>
          )
        }
      />
      <Tabs
        label={t('inbox.title')}
        value={shown ?? 'requests'}
        onChange={open}
        tabs={[
          {
            value: 'requests',
            label: t('inbox.requests'),
            count: waiting.data?.total,
            content: (
              <WaitingRequests
                search={search}
                onSearch={onSearch}
                onInvite={() => open(mayDecide ? 'invitations' : 'buyers')}
              />
            ),
          },
          {
            value: 'buyers',
            label: t('inbox.buyers'),
            content: <Buyers search={search} onSearch={onSearch} />,
          },
          ...(mayDecide
            ? [
                {
                  value: 'invitations',
                  label: t('invitations.title'),
                  content: (
                    <InvitationList
                      search={search}
                      onSearch={onSearch}
                      onCreate={() => setIsInviting(true)}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
      <InvitationDialog isOpen={isInviting} onClose={() => setIsInviting(false)} />
    </PageBody>
  );
}

function Buyers({ search, onSearch }: BuyersPageProps): ReactNode {
  const { t } = useTranslation('links');
  return (
    <LinkTable
      id="buyers"
      label={t('inbox.buyers')}
      query={useQuery(myBuyersQuery(search))}
      search={search}
      onSearch={onSearch}
      readAll={() => readAllBuyers(search)}
      states={DECIDED}
      empty={<EmptyState icon={Users} title={t('inbox.nobody')} text={t('inbox.nobody_text')} />}
    />
  );
}
