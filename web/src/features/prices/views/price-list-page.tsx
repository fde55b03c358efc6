import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { Link } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { PageSkeleton } from '@/shared/ui/states';
import { Tabs } from '@/shared/ui/tabs';

import { type GridSearch, priceListQuery } from '../api/queries';
import { BuyersTab } from '../components/buyers-tab';
import { ExplainTab } from '../components/explain-tab';
import { PriceGrid } from '../components/price-grid';
import { SettingsTab } from '../components/settings-tab';
import { AdjustDialog } from '../forms/adjust-dialog';
import { ImportDialog } from '../forms/import-dialog';

export type ListTab = 'prices' | 'buyers' | 'settings' | 'explain';

interface PriceListPageProps {
  listId: string;
  tab: ListTab;
  search: GridSearch;
  onTab: (tab: ListTab) => void;
  onSearch: (patch: SearchPatch) => void;
  onRemoved: () => void;
}

/** One price list: its grid, whom it is for, when it holds, and why a buyer pays what they pay. */
export function PriceListPage(props: PriceListPageProps): ReactNode {
  const { t } = useTranslation('prices');
  const canEdit = useCan()('prices:write');
  const query = useQuery(priceListQuery(props.listId));
  const { data: list } = query;
  const [open, setOpen] = useState<'adjust' | 'import' | null>(null);
  if (list === undefined) return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  const grid = (
    <PriceGrid list={list} search={props.search} onSearch={props.onSearch} canEdit={canEdit} />
  );
  return (
    <PageBody>
      <PageHeader
        title={list.name}
        eyebrow={<Link to="/app/price-lists">{t('title')}</Link>}
        badge={
          <Badge tone={list.holds ? 'done' : 'draft'}>{t(list.holds ? 'holds' : 'rests')}</Badge>
        }
        actions={
          canEdit && (
            <>
              <Button onClick={() => setOpen('import')}>{t('import.title')}</Button>
              <Button onClick={() => setOpen('adjust')}>{t('adjust.title')}</Button>
            </>
          )
        }
      />
      <Tabs
        value={props.tab}
        onChange={(tab) => props.onTab(tab as ListTab)}
        label={t('tabs.label')}
        tabs={[
          { value: 'prices', label: t('tabs.prices'), content: grid },
          {
            value: 'buyers',
            label: t('tabs.buyers'),
            content: <BuyersTab list={list} canEdit={canEdit} />,
          },
          {
            value: 'explain',
            label: t('tabs.explain'),
            content: <ExplainTab listId={list.id} />,
          },
          ...(canEdit
            ? [
                {
                  value: 'settings',
                  label: t('tabs.settings'),
                  content: (
                    <SettingsTab key={list.version} list={list} onRemoved={props.onRemoved} />
                  ),
                },
              ]
            : []),
        ]}
      />
      {open === 'adjust' && <AdjustDialog list={list} onClose={() => setOpen(null)} />}
      {open === 'import' && <ImportDialog listId={list.id} onClose={() => setOpen(null)} />}
    </PageBody>
  );
}
