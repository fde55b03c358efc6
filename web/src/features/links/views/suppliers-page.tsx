import { useQuery } from '@tanstack/react-query';
import { Store } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '@/shared/ui/button';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { Tabs } from '@/shared/ui/tabs';

import { mySuppliersQuery, readAllSuppliers } from '../api/queries';
import type { SupplierSearch } from '../api/types';
import { LinkTable } from '../components/link-table';
import { SupplierDirectory } from '../components/supplier-directory';

interface SuppliersPageProps {
  search: SupplierSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** A buyer's suppliers: whom one could buy from, and the links that there are. */
export function SuppliersPage({ search, onSearch }: SuppliersPageProps): ReactNode {
  const { t } = useTranslation('links');
  // What one tab is narrowed to means nothing to the other.
  const open = (tab: string): void =>
    onSearch({
      tab: tab === 'directory' ? undefined : tab,
      q: undefined,
      sort: undefined,
      state: undefined,
      country: undefined,
      category: undefined,
    });
  return (
    <PageBody>
      <PageHeader title={t('suppliers.title')} text={t('suppliers.text')} />
      <Tabs
        label={t('suppliers.title')}
        value={search.tab ?? 'directory'}
        onChange={open}
        tabs={[
          {
            value: 'directory',
            label: t('suppliers.directory'),
            content: <SupplierDirectory search={search} onSearch={onSearch} />,
          },
          {
            value: 'mine',
            label: t('suppliers.mine'),
            content: (
              <MyLinks search={search} onSearch={onSearch} onDirectory={() => open('directory')} />
            ),
          },
        ]}
      />
    </PageBody>
  );
}

function MyLinks({
  search,
  onSearch,
  onDirectory,
}: SuppliersPageProps & { onDirectory: () => void }): ReactNode {
  const { t } = useTranslation('links');
  return (
    <LinkTable
      id="suppliers"
      label={t('suppliers.mine')}
      query={useQuery(mySuppliersQuery(search))}
      search={search}
      onSearch={onSearch}
      readAll={() => readAllSuppliers(search)}
      empty={
        <EmptyState
          icon={Store}
          title={t('suppliers.none')}
          text={t('suppliers.none_text')}
          action={<Button onClick={onDirectory}>{t('suppliers.directory')}</Button>}
        />
      }
    />
  );
}
