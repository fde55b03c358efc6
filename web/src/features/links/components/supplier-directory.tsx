import { useQuery } from '@tanstack/react-query';
import { Store } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCategories } from '@/shared/categories/categories';
import { countryChoices } from '@/shared/countries/countries';
import { useCan } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Button } from '@/shared/ui/button';
import { Pagination } from '@/shared/ui/data-table/pagination';
import { type SearchPatch } from '@/shared/ui/data-table/search';
import { FilterBar } from '@/shared/ui/filter-bar';
import { Card } from '@/shared/ui/page';
import { EmptyState, Skeleton } from '@/shared/ui/states';

import { directoryQuery } from '../api/queries';
import type { SupplierCard as Supplier, SupplierSearch } from '../api/types';
import { RequestDialog } from '../forms/request-dialog';
import { SupplierCard } from './supplier-card';

interface SupplierDirectoryProps {
  search: SupplierSearch;
  onSearch: (patch: SearchPatch) => void;
}

/** Companies that sell: who they are, and the way to a link with them. */
export function SupplierDirectory({ search, onSearch }: SupplierDirectoryProps): ReactNode {
  const { t } = useTranslation(['links', 'ui']);
  const categories = useCategories();
  return (
    <div className="flex flex-col gap-4">
      <FilterBar
        q={search.q}
        onSearch={onSearch}
        filters={[
          {
            name: 'category',
            label: t('directory.category'),
            value: search.category,
            choices: categories.choices,
          },
          {
            name: 'country',
            label: t('directory.country'),
            value: search.country,
            choices: countryChoices(search.country),
          },
        ]}
      />
      <Found search={search} onSearch={onSearch} />
    </div>
  );
}

function Found({ search, onSearch }: SupplierDirectoryProps): ReactNode {
  const { t } = useTranslation(['links', 'ui']);
  const can = useCan();
  const [asked, setAsked] = useState<Supplier | null>(null);
  const query = useQuery(directoryQuery(search));
  const { data, isPlaceholderData } = query;
  if (data === undefined)
    return (
      <Awaiting
        query={query}
        skeleton={
          <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
            {Array.from({ length: 6 }, (_, index) => (
              <Skeleton key={index} className="h-44" />
            ))}
          </div>
        }
        isInCard
      />
    );
  if (data.items.length === 0) return <NobodyFound search={search} onSearch={onSearch} />;
  return (
    <div aria-busy={isPlaceholderData}>
      <ul aria-label={t('directory.label')} className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
        {data.items.map((supplier) => (
          <SupplierCard
            key={supplier.organisation_id}
            supplier={supplier}
            onAsk={can('links:request') ? () => setAsked(supplier) : undefined}
          />
        ))}
      </ul>
      <div className="mt-3">
        <Pagination {...data} onSearch={onSearch} />
      </div>
      <RequestDialog supplier={asked} onClose={() => setAsked(null)} />
    </div>
  );
}

function NobodyFound({ search, onSearch }: SupplierDirectoryProps): ReactNode {
  const { t } = useTranslation(['links', 'ui']);
  const { q, country, category } = search;
  const isNarrowed = [q, country, category].some((value) => value !== undefined);
  return (
    <Card>
      {isNarrowed ? (
        <EmptyState
          title={t('ui:table.nothing_matches')}
          text={t('ui:table.nothing_matches_text')}
          action={
            <Button
              onClick={() => onSearch({ q: undefined, country: undefined, category: undefined })}
            >
              {t('ui:table.reset_filters')}
            </Button>
          }
        />
      ) : (
        <EmptyState icon={Store} title={t('directory.empty')} text={t('directory.empty_text')} />
      )}
    </Card>
  );
}
