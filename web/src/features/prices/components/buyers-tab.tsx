import { useQuery } from '@tanstack/react-query';
import { UsersRound, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { IconButton } from '@/shared/ui/icon-button';
import { Section } from '@/shared/ui/page';
import { EmptyState, ErrorState, SkeletonRows } from '@/shared/ui/states';

import { useUnassign } from '../api/mutations';
import { groupsQuery, type PriceListView } from '../api/queries';
import { AssignDialog } from '../forms/assign-dialog';
import { GroupDialog } from '../forms/group-dialog';

interface BuyersTabProps {
  list: PriceListView;
  canEdit: boolean;
}

/** Whom a list is for, and the groups of buyers that it may be for. */
export function BuyersTab({ list, canEdit }: BuyersTabProps): ReactNode {
  const { t } = useTranslation('prices');
  const unassign = useUnassign(list.id);
  const [open, setOpen] = useState<'assign' | 'group' | null>(null);
  const close = (): void => setOpen(null);
  const nameOf = (one: PriceListView['assignments'][number]): string =>
    one.kind === 'everybody' ? t('buyers.everybody') : one.target_name;
  return (
    <div className="flex flex-col gap-8">
      <Section
        title={t('tabs.buyers')}
        text={t('buyers.text')}
        actions={canEdit && <Button onClick={() => setOpen('assign')}>{t('buyers.add')}</Button>}
      >
        {list.assignments.length === 0 ? (
          <EmptyState icon={UsersRound} title={t('buyers.empty')} text={t('buyers.empty_text')} />
        ) : (
          <ul className="divide-y divide-line">
            {list.assignments.map((one) => (
              <li key={one.id} className="flex items-center gap-3 py-2.5">
                <span className="min-w-0 flex-1 truncate font-medium">{nameOf(one)}</span>
                <Badge>{t(`kinds.${one.kind}`)}</Badge>
                {one.kind === 'terms' ? (
                  <span className="text-small text-muted">{t('buyers.terms_note')}</span>
                ) : (
                  canEdit && (
                    <IconButton
                      icon={X}
                      label={t('buyers.remove', { name: nameOf(one) })}
                      onClick={() => unassign.mutate(one.id)}
                    />
                  )
                )}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section
        title={t('groups.title')}
        actions={canEdit && <Button onClick={() => setOpen('group')}>{t('groups.new')}</Button>}
      >
        <Groups />
      </Section>
      {open === 'assign' && <AssignDialog listId={list.id} onClose={close} />}
      {open === 'group' && <GroupDialog onClose={close} />}
    </div>
  );
}

function Groups(): ReactNode {
  const { t } = useTranslation('prices');
  const { data, error, isPending, refetch } = useQuery(groupsQuery);
  if (isPending) return <SkeletonRows rows={2} />;
  if (data === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <p className="text-muted">{t('groups.none')}</p>;
  return (
    <ul className="divide-y divide-line">
      {data.items.map((group) => (
        <li key={group.id} className="flex flex-wrap items-baseline gap-x-3 py-2.5">
          <span className="font-medium">{group.name}</span>
          <span className="text-small text-muted">
            {t('groups.count', { count: group.members.length })}
          </span>
          <span className="basis-full text-small text-muted">
            {group.members.map((member) => member.name).join(', ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
