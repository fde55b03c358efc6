import { expect, it, vi } from 'vitest';

import { fakeNetwork } from '@/shared/testing/network';

import { call } from './client';
import { setSessionHint } from './transport';

function bring(address: string, body: string): void {
  const script = document.createElement('script');
  script.type = 'application/json';
  script.dataset['answer'] = address;
  script.textContent = body;
  document.body.append(script);
}

it('takes an answer that came with the page once, and only as a visitor', async () => {
  vi.spyOn(performance, 'now').mockReturnValue(2_000);
  const sent = fakeNetwork(
    Response.json({ from: 'network' }),
    Response.json({ from: 'network' }),
    Response.json({ from: 'network' }),
  );
  bring('/api/v1/search', '{"from":"page"}');
  expect(await call('GET', '/search', { query: { q: 'tea' } })).toEqual({ from: 'network' });
  expect(await call('GET', '/search')).toEqual({ from: 'page' });
  expect(await call('GET', '/search')).toEqual({ from: 'network' });
  bring('/api/v1/search', '{"from":"page"}');
  setSessionHint(true);
  expect(await call('GET', '/search')).toEqual({ from: 'network' });
  expect(sent).toHaveLength(3);
  document.querySelector('script[data-answer]')?.remove();
});

it('asks anew where the page has stood for a while', async () => {
  vi.spyOn(performance, 'now').mockReturnValue(11_000);
  fakeNetwork(Response.json({ from: 'network' }));
  bring('/api/v1/search', '{"from":"page"}');
  expect(await call('GET', '/search')).toEqual({ from: 'network' });
  document.querySelector('script[data-answer]')?.remove();
});
