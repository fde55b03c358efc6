import { UsersRound, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { IconButton } from '@/shared/ui/icon-button';
import { Section } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';

import { useUnassign } from '../api/mutations';
import type { PriceListView } from '../api/queries';
import { AssignDialog } from '../forms/assign-dialog';
import { Groups } from './groups';

interface BuyersTabProps {
  list: PriceListView;
  canEdit: boolean;
}

/** Whom a list is for, and the groups of buyers that it may be for. */
export function BuyersTab({ list, canEdit }: BuyersTabProps): ReactNode {
  const { t } = useTranslation('prices');
  const unassign = useUnassign(list.id);
  const [isAssigning, setIsAssigning] = useState(false);
  const nameOf = (one: PriceListView['assignments'][number]): string =>
    one.kind === 'everybody' ? t('buyers.everybody') : one.target_name;
  return (
    <div className="flex flex-col gap-8">
      <Section
        title={t('tabs.buyers')}
        text={t('buyers.text')}
        actions={canEdit && <Button onClick={() => setIsAssigning(true)}>{t('buyers.add')}</Button>}
      >
        {list.assignments.length === 0 ? (
          <EmptyState icon={UsersRound} title={t('buyers.empty')} text={t('buyers.empty_text')} />
        ) : (
          <ul className="divide-y divide-line">
            {list.assignments.map((one) => (
              <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
                <span className="min-w-40 flex-1 font-medium break-words">{nameOf(one)}</span>
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
      <Groups canEdit={canEdit} />
      {isAssigning && <AssignDialog listId={list.id} onClose={() => setIsAssigning(false)} />}
    </div>
  );
}
