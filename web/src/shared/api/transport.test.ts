import { afterEach, describe, expect, it, vi } from 'vitest';

import { answer, fakeNetwork } from '@/shared/testing/network';

import { api, call, unwrap } from './client';
import { Problem } from './problem';
import { onSessionLost, setSessionHint } from './transport';

const EXPIRED = (): Response => answer(401, { code: 'unauthenticated', detail: 'Sign in.' });

afterEach(() => vi.unstubAllGlobals());

describe('a call', () => {
  it('carries a request id, and a POST an idempotency key', async () => {
    const sent = fakeNetwork(answer(200, { items: [] }), answer(201, { id: '1' }));
    await call('GET', '/requests', { query: { page: 2, q: '', state: undefined } });
    await call('POST', '/requests', { body: { title: 'Steel' } });
    expect(sent.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      { method: 'GET', path: '/api/v1/requests?page=2', body: undefined },
      { method: 'POST', path: '/api/v1/requests', body: { title: 'Steel' } },
    ]);
    expect(sent[0]?.headers.get('X-Request-ID')).toMatch(/^[0-9a-f-]{36}$/);
    expect(sent[0]?.headers.has('Idempotency-Key')).toBe(false);
    expect(sent[1]?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
    expect(sent[1]?.headers.get('Content-Type')).toBe('application/json');
  });

  it('throws the server’s problem with its fields, facts and request id', async () => {
    fakeNetwork(
      answer(422, {
        code: 'validation',
        detail: 'Some values are wrong.',
        request_id: 'abc12345',
        meta: { limit: 3 },
        errors: [{ pointer: '#/lines/0/quantity', code: 'greater_than', detail: 'Too small.' }],
      }),
    );
    const problem = await call('POST', '/requests', { body: {} }).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({
      status: 422,
      code: 'validation',
      requestId: 'abc12345',
      meta: { limit: 3 },
      errors: [{ pointer: '#/lines/0/quantity', code: 'greater_than', detail: 'Too small.' }],
    });
  });

  it('keeps status and request id of an answer that is no JSON', async () => {
    fakeNetwork(
      new Response('<h1>Bad gateway</h1>', {
        status: 502,
        headers: { 'X-Request-ID': 'proxy-12345' },
      }),
    );
    await expect(call('GET', '/requests')).rejects.toMatchObject({
      status: 502,
      code: 'http.502',
      requestId: 'proxy-12345',
    });
  });

  it('asks once more after a lost answer, under the same key', async () => {
    const sent = fakeNetwork(new TypeError('network'), answer(201, { id: '1' }));
    await expect(call('POST', '/orders', { body: { lines: [] } })).resolves.toEqual({ id: '1' });
    expect(sent).toHaveLength(2);
    expect(sent[1]?.headers.get('Idempotency-Key')).toBe(sent[0]?.headers.get('Idempotency-Key'));
    expect(sent[1]?.body).toEqual({ lines: [] });
  });

  it('does not repeat a PATCH, and says that the server is out of reach', async () => {
    const sent = fakeNetwork(new TypeError('network'));
    await expect(call('PATCH', '/requests/1', { body: {} })).rejects.toMatchObject({
      status: 0,
      code: 'network.unreachable',
    });
    expect(sent).toHaveLength(1);
  });
});

describe('an expired session', () => {
  it('is renewed once for calls at the same time, which then succeed', async () => {
    setSessionHint(true);
    const refused = new Set<string>();
    const bothRefused = async (): Promise<Response> => {
      await vi.waitUntil(() => refused.size === 2);
      return answer(200, {});
    };
    const route = ({ path }: { path: string }): Response | Promise<Response> => {
      if (path.endsWith('/auth/refresh')) return bothRefused();
      if (refused.has(path)) return answer(200, { ok: true });
      refused.add(path);
      return EXPIRED();
    };
    const sent = fakeNetwork(route, route, route, route, route);
    const results = await Promise.all([call('GET', '/a'), call('POST', '/b', { body: { x: 1 } })]);
    expect(results).toEqual([{ ok: true }, { ok: true }]);
    expect(sent.filter(({ path }) => path === '/api/v1/auth/refresh')).toHaveLength(1);
    const posts = sent.filter(({ path }) => path === '/api/v1/b');
    expect(posts.map(({ body }) => body)).toEqual([{ x: 1 }, { x: 1 }]);
    expect(posts[0]?.headers.get('Idempotency-Key')).toBe(posts[1]?.headers.get('Idempotency-Key'));
  });

  it('that cannot be renewed is told, and forgotten', async () => {
    setSessionHint(true);
    const lost = vi.fn();
    onSessionLost(lost);
    const sent = fakeNetwork(EXPIRED(), EXPIRED(), EXPIRED());
    await expect(call('GET', '/a')).rejects.toMatchObject({ status: 401 });
    expect(lost).toHaveBeenCalledOnce();
    await expect(call('GET', '/a')).rejects.toMatchObject({ status: 401 });
    expect(sent.map(({ path }) => path)).toEqual([
      '/api/v1/a',
      '/api/v1/auth/refresh',
      '/api/v1/a',
    ]);
  });

  it('is no matter for visitors and for wrong passwords', async () => {
    const sent = fakeNetwork(EXPIRED(), EXPIRED());
    await expect(unwrap(api.GET('/api/v1/auth/me'))).rejects.toMatchObject({ status: 401 });
    setSessionHint(true);
    await expect(
      api.POST('/api/v1/auth/login', { body: { email: 'a@b.kz', password: 'x' } }),
    ).rejects.toMatchObject({ status: 401 });
    expect(sent).toHaveLength(2);
  });
});
