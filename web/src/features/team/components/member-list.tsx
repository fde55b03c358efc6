import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Ellipsis, LogOut, UserCog, UserMinus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Session } from '@/shared/api/types';
import { formatDate } from '@/shared/dates/format';
import { endSession } from '@/shared/session/session';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { IconButton } from '@/shared/ui/icon-button';
import { DropdownMenu, MenuItem } from '@/shared/ui/menu';
import { EmptyState } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';
import { Avatar, DateTime } from '@/shared/ui/values';

import { type Member, membersQuery, useTeamWrites } from '../api/queries';
import { RoleDialog } from '../forms/role-dialog';
import { mayGrant } from '../model/roles';
import type { TeamSearch } from '../model/search';

interface MemberListProps {
  session: Session;
  search: TeamSearch;
  onSearch: (patch: SearchPatch) => void;
}

interface Chosen {
  member: Member;
  action: 'role' | 'remove';
}

/** Colleagues with their roles, and what may be changed about them. */
export function MemberList({ session, search, onSearch }: MemberListProps): ReactNode {
  const { t } = useTranslation(['team', 'common']);
  const { organisation } = session;
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const query = useQuery(membersQuery(organisation.id, search));
  const columns: TableColumn<Member & { id: string }>[] = [
    {
      id: 'name',
      header: t('columns.name'),
      isPrimary: true,
      text: (member) => member.display_name,
      cell: (member) => (
        <span className="flex items-center gap-3">
          <Avatar name={member.display_name} url={member.avatar_url} />
          <span className="min-w-0">
            <span className="block font-medium">{member.display_name}</span>
            {member.is_me && <span className="block text-small text-muted">{t('you')}</span>}
          </span>
        </span>
      ),
    },
    {
      id: 'email',
      header: t('columns.email'),
      text: (member) => member.email,
      cell: (member) => <span className="break-all">{member.email}</span>,
    },
    {
      id: 'role',
      header: t('columns.role'),
      text: (member) => t(`common:roles.${member.role}`),
      cell: (member) => t(`common:roles.${member.role}`),
    },
    {
      id: 'joined',
      header: t('columns.joined'),
      text: (member) => formatDate(member.joined_at),
      cell: (member) => <DateTime value={member.joined_at} isDay />,
    },
    {
      id: 'actions',
      header: t('columns.actions'),
      isNumeric: true,
      cell: (member) => (
        <MemberMenu
          session={session}
          member={member}
          onChoose={(action) => setChosen({ member, action })}
        />
      ),
    },
  ];
  return (
    <>
      <DataTable
        id="team"
        label={t('members')}
        columns={columns}
        query={query}
        search={{ page: search.page, size: search.size }}
        onSearch={onSearch}
        rowName={(member) => member.display_name}
        empty={<EmptyState title={t('members')} />}
      />
      <RoleDialog
        session={session}
        member={chosen?.action === 'role' ? chosen.member : null}
        onClose={() => setChosen(null)}
      />
      <RemoveDialog
        session={session}
        member={chosen?.action === 'remove' ? chosen.member : null}
        onClose={() => setChosen(null)}
      />
    </>
  );
}

interface MemberMenuProps {
  session: Session;
  member: Member;
  onChoose: (action: Chosen['action']) => void;
}

function MemberMenu({ session, member, onChoose }: MemberMenuProps): ReactNode {
  const { t } = useTranslation('team');
  const mayManage =
    session.permissions.includes('members:manage') && mayGrant(session.role, member.role);
  if (!mayManage && !member.is_me) return null;
  return (
    <DropdownMenu
      trigger={
        <IconButton
          icon={Ellipsis}
          size="small"
          label={t('actions_of', { name: member.display_name })}
        />
      }
    >
      {mayManage && (
        <MenuItem icon={UserCog} onSelect={() => onChoose('role')}>
          {t('role.change')}
        </MenuItem>
      )}
      <MenuItem
        icon={member.is_me ? LogOut : UserMinus}
        isDangerous
        onSelect={() => onChoose('remove')}
      >
        {member.is_me ? t('leave.action') : t('remove.action')}
      </MenuItem>
    </DropdownMenu>
  );
}

interface RemoveDialogProps {
  session: Session;
  member: Member | null;
  onClose: () => void;
}

/** Removes a colleague, or leaves; whoever leaves is signed out, because the session acted for the organisation. */
function RemoveDialog({ session, member, onClose }: RemoveDialogProps): ReactNode {
  const { t } = useTranslation('team');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { remove } = useTeamWrites(session.organisation.id);
  const names = { name: member?.display_name ?? '', organisation: session.organisation.name };
  const isMe = member?.is_me === true;
  return (
    <ConfirmDialog
      isOpen={member !== null}
      onClose={onClose}
      isDangerous
      title={isMe ? t('leave.question', names) : t('remove.question', names)}
      text={isMe ? t('leave.text') : t('remove.text')}
      confirmLabel={isMe ? t('leave.action') : t('remove.action')}
      onConfirm={async () => {
        if (member === null) return;
        await remove(member.user_id);
        if (isMe) {
          endSession(client);
          await navigate({ to: '/sign-in' });
        } else showDone(t('remove.done', names));
      }}
    />
  );
}
