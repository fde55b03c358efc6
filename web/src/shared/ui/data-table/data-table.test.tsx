import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import { Problem } from '@/shared/api/problem';
import { renderWithApp } from '@/shared/testing/render';

import { DataTable } from './data-table';
import type { ListQuery, TableColumn } from './types';

interface Row {
  id: string;
  title: string;
  price: number;
}
const ROWS: Row[] = ['Steel', 'Flour', 'Cable'].map((title, index) => ({
  id: String(index),
  title,
  price: index,
}));
const COLUMNS: TableColumn<Row>[] = [
  {
    id: 'title',
    header: 'Title',
    cell: (row) => row.title,
    text: (row) => row.title,
    isPrimary: true,
    isSortable: true,
  },
  { id: 'price', header: 'Price', cell: (row) => row.price, isNumeric: true },
];
const full: ListQuery<Row> = {
  data: { items: ROWS, page: 1, size: 20, total: 43, pages: 3 },
  error: null,
  refetch: () => undefined,
};

function show(props: Partial<Parameters<typeof DataTable<Row>>[0]> = {}) {
  const onSearch = vi.fn();
  const onOpen = vi.fn();
  const archive = vi.fn();
  renderWithApp(
    <DataTable
      id="sample"
      label="Goods"
      columns={COLUMNS}
      query={full}
      search={{}}
      onSearch={onSearch}
      onOpen={onOpen}
      rowName={(row) => row.title}
      bulkActions={[{ label: 'Archive', run: archive }]}
      empty={<p>No goods yet</p>}
      {...props}
    />,
  );
  return { onSearch, onOpen, archive };
}

it('sorts and pages through the URL', async () => {
  const { onSearch } = show();
  await userEvent.click(screen.getByRole('button', { name: 'Title' }));
  await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
  expect(onSearch.mock.calls).toEqual([[{ sort: 'title' }], [{ page: 2 }]]);
  expect(screen.getByText('1–20 of 43')).toBeVisible();
});

it('says how it is sorted', () => {
  show({ search: { sort: '-title' } });
  expect(screen.getByRole('columnheader', { name: 'Title' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
});

it('selects and opens rows by keyboard', async () => {
  const { onOpen, archive } = show();
  const [, first] = screen.getAllByRole('row');
  first?.focus();
  await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}');
  expect(screen.getByText('2 rows selected')).toBeVisible();
  await userEvent.keyboard('{ArrowDown} ');
  await userEvent.click(screen.getByRole('button', { name: 'Archive' }));
  expect(archive).toHaveBeenCalledExactlyOnceWith(ROWS);
  screen.getAllByRole('row')[3]?.focus();
  await userEvent.keyboard('{Enter}');
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(ROWS[2]);
});

it('keeps the choice of columns', async () => {
  show();
  await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
  await userEvent.click(await screen.findByRole('menuitemcheckbox', { name: 'Price' }));
  expect(screen.queryByRole('columnheader', { name: 'Price' })).toBeNull();
  expect(localStorage.getItem('karavan.table.sample.hidden')).toBe('["price"]');
});

it('saves a view and goes back to it', async () => {
  const { onSearch } = show({ search: { sort: '-title', q: 'st', page: 2 } });
  await userEvent.click(screen.getByRole('button', { name: 'Views' }));
  const panel = await screen.findByRole('dialog', { name: 'Views' });
  await userEvent.type(within(panel).getByLabelText('Name of the view'), 'Mine{Enter}');
  await userEvent.click(screen.getByRole('button', { name: 'Views' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Mine' }));
  expect(onSearch).toHaveBeenLastCalledWith({ sort: '-title', q: 'st', page: undefined });
});

it('shows what went wrong with the request id', () => {
  show({
    query: {
      ...full,
      data: undefined,
      error: new Problem(503, { code: 'unavailable', request_id: 'abc-12345' }),
    },
  });
  expect(screen.getByRole('alert')).toHaveTextContent('abc-12345');
});

it('tells an empty list from one that filters emptied', async () => {
  const none = { ...full, data: { items: [], page: 1, size: 20, total: 0, pages: 0 } };
  show({ query: none });
  expect(screen.getByText('No goods yet')).toBeVisible();
  const { onSearch } = show({ query: none, search: { q: 'zzz', sort: 'title' } });
  await userEvent.click(screen.getByRole('button', { name: 'Reset the filters' }));
  expect(onSearch).toHaveBeenCalledExactlyOnceWith({ q: undefined });
});
