import { UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Session } from '@/shared/api/types';
import { Button } from '@/shared/ui/button';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { Tabs } from '@/shared/ui/tabs';

import { InviteList } from '../components/invite-list';
import { MemberList } from '../components/member-list';
import { InviteDialog } from '../forms/invite-dialog';
import type { TeamSearch } from '../model/search';

interface TeamPageProps {
  session: Session;
  search: TeamSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** The people of the organisation, and who is invited. */
export function TeamPage({ session, search, onSearch }: TeamPageProps): ReactNode {
  const { t } = useTranslation('team');
  const [isInviting, setIsInviting] = useState(false);
  const mayManage = session.permissions.includes('members:manage');
  const members = <MemberList session={session} search={search} onSearch={onSearch} />;
  const invite = (): void => setIsInviting(true);
  return (
    <PageBody>
      <PageHeader
        title={t('title')}
        text={t('text', { name: session.organisation.name })}
        actions={
          mayManage && (
            <Button variant="primary" icon={UserPlus} onClick={invite}>
              {t('invite.open')}
            </Button>
          )
        }
      />
      {mayManage ? (
        <Tabs
          label={t('title')}
          value={search.tab ?? 'members'}
          onChange={(tab) => onSearch({ tab: tab === 'members' ? undefined : tab })}
          tabs={[
            { value: 'members', label: t('members'), content: members },
            {
              value: 'invites',
              label: t('invites'),
              content: (
                <InviteList
                  session={session}
                  search={search}
                  onSearch={onSearch}
                  onInvite={invite}
                />
              ),
            },
          ]}
        />
      ) : (
        members
      )}
      <InviteDialog
        session={session}
        isOpen={isInviting}
        onClose={() => setIsInviting(false)}
        onSent={() => onSearch({ tab: 'invites' })}
      />
    </PageBody>
  );
}
