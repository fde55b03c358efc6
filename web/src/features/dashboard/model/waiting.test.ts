import { expect, test } from 'vitest';

import { type Sources, waitingOf } from './waiting';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const nothing: Sources = { approvals: [], requests: [], deals: [], invoices: [], quotes: [] };

const request = (fields: object) =>
  ({
    id: 'r',
    title: 'Chairs',
    state: 'published',
    quotes_due_at: '2026-11-22T12:00:00Z',
    questions_waiting: 0,
    ...fields,
  }) as Sources['requests'][number];

const deal = (fields: object) =>
  ({
    id: 'd',
    number: 'DEAL-2026-000001',
    title: 'Chairs',
    side: 'vendor',
    state: 'negotiation',
    actions: [],
    ...fields,
  }) as unknown as Sources['deals'][number];

const kinds = (sources: Partial<Sources>) =>
  waitingOf({ ...nothing, ...sources }, NOW).map((one) => one.kind);

test('nothing waits where nothing is to be done', () => {
  expect(kinds({ requests: [request({})], deals: [deal({})] })).toEqual([]);
});

test('a deadline that has passed asks for a decision, a question for an answer', () => {
  const over = request({ quotes_due_at: '2026-11-21T11:59:59Z', questions_waiting: 2 });
  expect(kinds({ requests: [over] })).toEqual(['decide', 'questions']);
  expect(kinds({ requests: [request({ state: 'awarded', quotes_due_at: null })] })).toEqual([]);
});

test('a deal waits for a signature that is offered, and then for the invoice of the seller', () => {
  const sign = { name: 'sign', reason: 'none' };
  expect(kinds({ deals: [deal({ actions: [sign] })] })).toEqual(['sign']);
  expect(kinds({ deals: [deal({ state: 'contract' })] })).toEqual(['invoice']);
  expect(kinds({ deals: [deal({ state: 'contract', side: 'buyer' })] })).toEqual([]);
});
