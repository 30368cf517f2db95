import { CSRF_HEADER, errorReport } from '@touchstone/shared';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deleteRecords, fetchStatus, storeLabel } from './companion.ts';
import { request, requestJson, sessionLost } from './request.ts';

const answer = vi.fn<typeof fetch>();
const sent = () => answer.mock.calls[0]?.[1] ?? {};

beforeEach(() => {
  sessionStorage.setItem('touchstone.csrf', 'secret-of-the-session');
  vi.stubGlobal('fetch', answer);
});
afterEach(() => {
  answer.mockReset();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

describe('request', () => {
  it('carries the CSRF token on everything that changes something, never on GET', async () => {
    answer.mockImplementation(async () => Response.json({ deleted: 1 }));
    await deleteRecords({ ids: ['a'] });
    expect(new Headers(sent().headers).get(CSRF_HEADER)).toBe('secret-of-the-session');
    answer.mockClear();
    await request('/api/status');
    expect(new Headers(sent().headers).has(CSRF_HEADER)).toBe(false);
  });

  it('keeps an id from another address inside its own path', async () => {
    answer.mockImplementation(async () => new Response(null, { status: 204 }));
    await storeLabel('../../shutdown?x', 'real');
    expect(answer.mock.calls[0]?.[0]).toBe('/api/history/records/..%2F..%2Fshutdown%3Fx/label');
  });

  it('turns the companion’s report into its code', async () => {
    answer.mockImplementation(async () => Response.json(errorReport('too-large'), { status: 413 }));
    await expect(request('/api/check')).rejects.toMatchObject({ code: 'too-large' });
  });

  it('says when the session is lost', async () => {
    const lost = vi.fn();
    sessionLost.addEventListener('lost', lost, { once: true });
    answer.mockImplementation(async () => new Response('', { status: 401 }));
    await expect(fetchStatus()).rejects.toMatchObject({ code: 'unauthorized' });
    expect(lost).toHaveBeenCalledOnce();
  });

  it('refuses an answer that is not what was agreed', async () => {
    answer.mockImplementation(async () => Response.json({ deleted: 'many' }));
    await expect(deleteRecords({ ids: ['a'] })).rejects.toMatchObject({ code: 'bad-message' });
    answer.mockImplementation(async () => new Response('<html>'));
    await expect(requestJson('/x', v.object({}))).rejects.toMatchObject({ code: 'bad-message' });
  });

  it('tells a stopped companion from a cancelled request', async () => {
    answer.mockRejectedValue(new TypeError('Failed to fetch'));
    await expect(request('/x')).rejects.toMatchObject({ code: 'companion-unreachable' });
    await expect(request('/x', { signal: AbortSignal.abort() })).rejects.toThrow('Failed to fetch');
  });
});
