import { useQuery } from '@tanstack/react-query';
import { ClipboardList } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useCategories } from '@/shared/categories/categories';
import { useCan } from '@/shared/session/session';
import { DataTable } from '@/shared/ui/data-table/data-table';
import type { SearchPatch } from '@/shared/ui/data-table/search';
import { FilterBar } from '@/shared/ui/filter-bar';
import { ButtonLink } from '@/shared/ui/link';
import { PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { showDone, showProblem } from '@/shared/ui/toast';

import { useDuplicateRequest } from '../api/mutations';
import { readAllRequests, requestsQuery } from '../api/queries';
import { REQUEST_STATES, type RequestSearch } from '../api/types';
import { DateFilters } from '../components/date-filters';
import { useRequestColumns } from '../components/request-columns';

interface RequestListProps {
  search: RequestSearch;
  onSearch: (patch: SearchPatch) => void;
  onOpen: (requestId: string) => void;
}

/** The organisation's own requests in every state. */
export function RequestList({ search, onSearch, onOpen }: RequestListProps): ReactNode {
  const { t } = useTranslation(['requests', 'status']);
  const can = useCan();
  const categories = useCategories();
  const columns = useRequestColumns();
  const query = useQuery(requestsQuery(search));
  const duplicate = useDuplicateRequest();
  const copyAll = async (ids: string[]): Promise<void> => {
    try {
      for (const id of ids) await duplicate.mutateAsync(id);
      showDone(t('list.duplicated', { count: ids.length }));
    } catch (error) {
      showProblem(error);
    }
  };
  const isBuyer = can('requests:write');
  return (
    <PageBody>
      <PageHeader
        title={t('list.title')}
        text={t('list.text')}
        actions={
          isBuyer && (
            <>
              <ButtonLink to="/app/templates">{t('list.templates')}</ButtonLink>
              <ButtonLink to="/app/requests/new" variant="primary">
                {t('list.new')}
              </ButtonLink>
            </>
          )
        }
      />
      <DataTable
        id="requests"
        label={t('list.title')}
        columns={columns}
        query={query}
        search={search}
        onSearch={onSearch}
        rowName={(row) => row.title}
        onOpen={(row) => onOpen(row.id)}
        readAll={() => readAllRequests(search)}
        bulkActions={
          isBuyer
            ? [
                {
                  label: t('list.duplicate'),
                  run: (rows) => void copyAll(rows.map((row) => row.id)),
                },
              ]
            : []
        }
        empty={
          <EmptyState
            icon={ClipboardList}
            title={t('list.empty')}
            text={t('list.empty_text')}
            action={
              isBuyer && (
                <ButtonLink to="/app/requests/new" variant="primary">
                  {t('list.new')}
                </ButtonLink>
              )
            }
          />
        }
        filters={
          <FilterBar
            q={search.q}
            onSearch={onSearch}
            filters={[
              {
                name: 'state',
                label: t('filters.state'),
                value: search.state,
                choices: REQUEST_STATES.map((value) => ({
                  value,
                  label: t(`status:request.${value}.label`),
                })),
              },
              {
                name: 'category',
                label: t('filters.category'),
                value: search.category,
                choices: categories.choices,
              },
              {
                name: 'visibility',
                label: t('filters.visibility'),
                value: search.visibility,
                choices: (['public', 'invited'] as const).map((value) => ({
                  value,
                  label: t(`visibility.${value}`),
                })),
              },
            ]}
          >
            <DateFilters search={search} onSearch={onSearch} />
          </FilterBar>
        }
      />
    </PageBody>
  );
}
