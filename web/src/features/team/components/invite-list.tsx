import { useQuery } from '@tanstack/react-query';
import { Ellipsis, Mail, MailX, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Session } from '@/shared/api/types';
import { currentLanguage } from '@/shared/i18n/i18n';
import { StatusBadge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { IconButton } from '@/shared/ui/icon-button';
import { DropdownMenu, MenuItem } from '@/shared/ui/menu';
import { EmptyState } from '@/shared/ui/states';
import { showDone, showProblem } from '@/shared/ui/toast';
import { RelativeTime } from '@/shared/ui/values';

import { type Invite, invitesQuery, useTeamWrites } from '../api/queries';
import { mayGrant } from '../model/roles';
import type { TeamSearch } from '../model/search';

interface InviteListProps {
  session: Session;
  search: TeamSearch;
  onSearch: (patch: SearchPatch) => void;
  onInvite: () => void;
}

/** Invitations with what became of them. */
export function InviteList({ session, search, onSearch, onInvite }: InviteListProps): ReactNode {
  const { t } = useTranslation(['team', 'common']);
  const [revoking, setRevoking] = useState<Invite | null>(null);
  const { invite, revoke } = useTeamWrites(session.organisation.id);
  const query = useQuery(invitesQuery(search));
  const sendAgain = async ({ email, role }: Invite): Promise<void> => {
    try {
      await invite({ email, role, locale: currentLanguage() });
      showDone(t('invite.sent', { email }));
    } catch (error) {
      showProblem(error);
    }
  };
  const columns: TableColumn<Invite>[] = [
    {
      id: 'email',
      header: t('columns.email'),
      isPrimary: true,
      text: (one) => one.email,
      cell: (one) => <span className="font-medium break-all">{one.email}</span>,
    },
    {
      id: 'role',
      header: t('columns.role'),
      text: (one) => t(`common:roles.${one.role}`),
      cell: (one) => t(`common:roles.${one.role}`),
    },
    {
      id: 'state',
      header: t('columns.state'),
      text: (one) => one.state,
      cell: (one) => <StatusBadge noun="invite" status={one.state} />,
    },
    {
      id: 'by',
      header: t('columns.invited_by'),
      text: (one) => one.invited_by_name,
      cell: (one) => <span className="whitespace-nowrap">{one.invited_by_name}</span>,
    },
    {
      id: 'expires',
      header: t('columns.expires'),
      text: (one) => one.expires_at,
      cell: (one) => (one.state === 'pending' ? <RelativeTime value={one.expires_at} /> : null),
    },
    {
      id: 'actions',
      header: t('columns.actions'),
      isNumeric: true,
      cell: (one) =>
        one.state !== 'accepted' &&
        mayGrant(session.role, one.role) && (
          <DropdownMenu
            trigger={
              <IconButton
                icon={Ellipsis}
                size="small"
                label={t('actions_of', { name: one.email })}
              />
            }
          >
            <MenuItem icon={RotateCw} onSelect={() => void sendAgain(one)}>
              {t('common:actions.resend')}
            </MenuItem>
            {one.state === 'pending' && (
              <MenuItem icon={MailX} isDangerous onSelect={() => setRevoking(one)}>
                {t('revoke.action')}
              </MenuItem>
            )}
          </DropdownMenu>
        ),
    },
  ];
  return (
    <>
      <DataTable
        id="invites"
        label={t('invites')}
        columns={columns}
        query={query}
        search={{ page: search.page, size: search.size }}
        onSearch={onSearch}
        rowName={(one) => one.email}
        empty={
          <EmptyState
            icon={Mail}
            title={t('invite.empty')}
            text={t('invite.empty_text')}
            action={<Button onClick={onInvite}>{t('invite.open')}</Button>}
          />
        }
      />
      <ConfirmDialog
        isOpen={revoking !== null}
        onClose={() => setRevoking(null)}
        isDangerous
        title={t('revoke.question', { email: revoking?.email ?? '' })}
        text={t('revoke.text')}
        confirmLabel={t('revoke.action')}
        onConfirm={async () => {
          if (revoking === null) return;
          await revoke(revoking.id);
          showDone(t('revoke.done'));
        }}
      />
    </>
  );
}
