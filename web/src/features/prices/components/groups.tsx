import { useQuery } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { IconButton } from '@/shared/ui/icon-button';
import { Section } from '@/shared/ui/page';
import { SkeletonRows } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';

import { useRemoveGroup } from '../api/mutations';
import { groupsQuery, type GroupView } from '../api/queries';
import { GroupDialog } from '../forms/group-dialog';

/** The groups of buyers that price lists may be for: made, changed and dissolved in place. */
export function Groups({ canEdit }: { canEdit: boolean }): ReactNode {
  const { t } = useTranslation('prices');
  const remove = useRemoveGroup();
  const [edited, setEdited] = useState<GroupView | 'new' | null>(null);
  const [removed, setRemoved] = useState<GroupView | null>(null);
  return (
    <Section
      title={t('groups.title')}
      actions={canEdit && <Button onClick={() => setEdited('new')}>{t('groups.new')}</Button>}
    >
      <GroupList canEdit={canEdit} onEdit={setEdited} onRemove={setRemoved} />
      {edited !== null && (
        <GroupDialog group={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
      <ConfirmDialog
        isOpen={removed !== null}
        onClose={() => setRemoved(null)}
        onConfirm={async () => {
          if (removed === null) return;
          await remove.mutateAsync(removed.id);
          showDone(t('groups.removed'));
        }}
        title={t('groups.remove', { name: removed?.name ?? '' })}
        text={
          (removed?.lists_count ?? 0) === 0
            ? t('groups.remove_unused')
            : t('groups.remove_text', { count: removed?.lists_count ?? 0 })
        }
        confirmLabel={t('groups.dissolve')}
        isDangerous
      />
    </Section>
  );
}

interface GroupListProps {
  canEdit: boolean;
  onEdit: (group: GroupView) => void;
  onRemove: (group: GroupView) => void;
}

function GroupList({ canEdit, onEdit, onRemove }: GroupListProps): ReactNode {
  const { t } = useTranslation('prices');
  const query = useQuery(groupsQuery);
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<SkeletonRows rows={2} />} />;
  if (data.items.length === 0) return <p className="text-muted">{t('groups.none')}</p>;
  return (
    <ul className="divide-y divide-line">
      {data.items.map((group) => (
        <li key={group.id} className="flex items-center gap-2 py-2.5">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-medium break-words">{group.name}</span>
              <span className="text-small text-muted">
                {t('groups.count', { count: group.members.length })}
              </span>
            </p>
            <p className="text-small break-words text-muted">
              {group.members.map((member) => member.name).join(', ')}
            </p>
          </div>
          {canEdit && (
            <>
              <IconButton
                icon={Pencil}
                label={t('groups.edit', { name: group.name })}
                onClick={() => onEdit(group)}
              />
              <IconButton
                icon={Trash2}
                label={t('groups.remove', { name: group.name })}
                onClick={() => onRemove(group)}
              />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
