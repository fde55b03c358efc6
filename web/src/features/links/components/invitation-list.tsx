import { useQuery } from '@tanstack/react-query';
import { QrCode } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from '@/shared/money/money';
import { Badge, StatusBadge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { EmptyState } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';
import { DateTime } from '@/shared/ui/values';

import { useRevokeInvitation } from '../api/mutations';
import { invitationsQuery } from '../api/queries';
import type { BuyerSearch, LinkInvitation } from '../api/types';

interface InvitationListProps {
  search: BuyerSearch;
  onSearch: (patch: SearchPatch) => void;
  onCreate: () => void;
}

/** Invitations that were handed out, with how often they were used. */
export function InvitationList({ search, onSearch, onCreate }: InvitationListProps): ReactNode {
  const { t } = useTranslation('links');
  const [revoked, setRevoked] = useState<LinkInvitation | null>(null);
  const revoke = useRevokeInvitation();
  return (
    <>
      <DataTable
        id="link-invitations"
        label={t('invitations.title')}
        columns={useColumns(setRevoked)}
        query={useQuery(invitationsQuery(search))}
        search={{ page: search.page, size: search.size }}
        onSearch={onSearch}
        rowName={(one) => one.name}
        empty={
          <EmptyState
            icon={QrCode}
            title={t('invitations.empty')}
            text={t('invitations.empty_text')}
            action={<Button onClick={onCreate}>{t('invitations.create')}</Button>}
          />
        }
      />
      <ConfirmDialog
        isOpen={revoked !== null}
        onClose={() => setRevoked(null)}
        isDangerous
        title={t('invitations.revoke_question', { name: revoked?.name ?? '' })}
        text={t('invitations.revoke_text')}
        confirmLabel={t('invitations.revoke')}
        onConfirm={async () => {
          if (revoked === null) return;
          await revoke.mutateAsync(revoked.id);
          showDone(t('invitations.revoked'));
        }}
      />
    </>
  );
}

function useColumns(onRevoke: (one: LinkInvitation) => void): TableColumn<LinkInvitation>[] {
  const { t } = useTranslation(['links', 'trade']);
  return [
    {
      id: 'name',
      header: t('invitations.name'),
      isPrimary: true,
      text: (one) => one.name,
      cell: (one) => <span className="font-medium">{one.name}</span>,
    },
    {
      id: 'state',
      header: t('trade:state'),
      text: (one) => one.state,
      cell: (one) => (
        <span className="inline-flex flex-wrap gap-1.5">
          <StatusBadge noun="link_invitation" status={one.state} />
          {one.accepts_at_once && <Badge tone="open">{t('invitations.at_once')}</Badge>}
        </span>
      ),
    },
    {
      id: 'uses',
      header: t('invitations.uses'),
      isNumeric: true,
      text: (one) => one.uses,
      cell: (one) =>
        one.uses_max === null
          ? formatNumber(one.uses)
          : `${formatNumber(one.uses)} / ${formatNumber(one.uses_max)}`,
    },
    {
      id: 'expires_at',
      header: t('invitations.until'),
      text: (one) => ({ at: one.expires_at }),
      cell: (one) => <DateTime value={one.expires_at} />,
    },
    {
      id: 'by',
      header: t('invitations.by'),
      text: (one) => one.created_by_name,
      cell: (one) => one.created_by_name,
    },
    {
      id: 'actions',
      header: t('invitations.actions'),
      isNumeric: true,
      cell: (one) =>
        one.state !== 'revoked' && (
          <Button
            size="small"
            aria-label={t('invitations.revoke_named', { name: one.name })}
            onClick={() => onRevoke(one)}
          >
            {t('invitations.revoke')}
          </Button>
        ),
    },
  ];
}
