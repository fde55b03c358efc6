import type { ReactNode } from 'react';
import { useState } from 'react';

import { StatusBadge } from '@/shared/ui/badge';
import { DataTable } from '@/shared/ui/data-table/data-table';
import {
  parseSort,
  patchSearch,
  type SearchPatch,
  type TableSearch,
} from '@/shared/ui/data-table/search';
import type { TableColumn } from '@/shared/ui/data-table/types';
import { FilterBar } from '@/shared/ui/filter-bar';
import { Section } from '@/shared/ui/page';
import { EmptyState } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';
import { Countdown, Money } from '@/shared/ui/values';

interface Sample {
  id: string;
  number: string;
  title: string;
  state: string;
  budget: number;
  quotes: number;
  deadline: string;
}

const TITLES = [
  'Арматура А500С, 12 мм',
  'Office chairs, 40 pieces',
  'Ұн, жоғары сорт',
  'Кабель ВВГнг 3×2,5',
  'Pallet racks',
  'Жұмыс киімі, қысқы',
];
const STATES = ['draft', 'published', 'shortlist', 'awarded', 'closed', 'cancelled'];
const DAY_MS = 86_400_000;
const START = Date.now();
const ROWS: Sample[] = Array.from({ length: 30 }, (_, index) => ({
  id: String(index),
  number: `RFQ-2026-${String(index + 1).padStart(6, '0')}`,
  title: TITLES[index % TITLES.length] ?? '',
  state: STATES[index % STATES.length] ?? '',
  budget: (index * 37 + 11) * 1_000_000,
  quotes: (index * 7) % 12,
  deadline: new Date(START + (index - 1) * DAY_MS).toISOString(),
}));

const COLUMNS: TableColumn<Sample>[] = [
  {
    id: 'title',
    header: 'Request',
    cell: (row) => row.title,
    text: (row) => row.title,
    isPrimary: true,
    isSortable: true,
  },
  { id: 'number', header: 'Number', cell: (row) => row.number, text: (row) => row.number },
  {
    id: 'state',
    header: 'Status',
    cell: (row) => <StatusBadge noun="request" status={row.state} />,
    text: (row) => row.state,
  },
  {
    id: 'quotes',
    header: 'Quotes',
    cell: (row) => row.quotes,
    text: (row) => row.quotes,
    isNumeric: true,
    isSortable: true,
  },
  {
    id: 'budget',
    header: 'Budget',
    cell: (row) => <Money value={{ amount: row.budget, currency: 'KZT' }} />,
    text: (row) => row.budget / 100,
    isNumeric: true,
    isSortable: true,
  },
  {
    id: 'deadline',
    header: 'Quotes until',
    cell: (row) => <Countdown deadline={row.deadline} />,
    text: (row) => row.deadline,
  },
];

/** The table of lists, over rows that are made up here. */
export function ListSamples(): ReactNode {
  const [search, setSearch] = useState<TableSearch & { state?: string }>({ sort: '-budget' });
  const onSearch = (patch: SearchPatch): void =>
    setSearch((current) => patchSearch(current, patch));
  const size = search.size ?? 20;
  const page = search.page ?? 1;
  const [sort] = parseSort(search.sort);
  const found = ROWS.filter(
    (row) =>
      row.title.toLowerCase().includes((search.q ?? '').toLowerCase()) &&
      (search.state === undefined || row.state === search.state),
  ).sort((a, b) => {
    if (sort === undefined) return 0;
    const order =
      sort.id === 'title'
        ? a.title.localeCompare(b.title)
        : sort.id === 'quotes'
          ? a.quotes - b.quotes
          : a.budget - b.budget;
    return sort.desc ? -order : order;
  });
  const data = {
    items: found.slice((page - 1) * size, page * size),
    page,
    size,
    total: found.length,
    pages: Math.ceil(found.length / size),
  };
  return (
    <Section title="Lists">
      <DataTable
        id="design"
        label="Requests"
        columns={COLUMNS}
        search={search}
        onSearch={onSearch}
        rowName={(row) => row.title}
        onOpen={(row) => showDone(row.title)}
        query={{ data, error: null, refetch: () => undefined }}
        readAll={() => Promise.resolve(found)}
        bulkActions={[
          { label: 'Archive', run: (rows) => showDone(`${String(rows.length)} archived`) },
        ]}
        empty={<EmptyState title="No requests yet" />}
        filters={
          <FilterBar
            q={search.q}
            onSearch={onSearch}
            filters={[
              {
                name: 'state',
                label: 'Status',
                value: search.state,
                choices: STATES.map((value) => ({ value, label: value })),
              },
            ]}
          />
        }
      />
    </Section>
  );
}
