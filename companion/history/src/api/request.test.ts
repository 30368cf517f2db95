import { errorReport } from '@touchstone/shared';
import { CSRF_HEADER } from '@touchstone/shared/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkFile, deleteRecords, fetchStatus, revokeBrowser, storeLabel } from './companion.ts';
import { sessionLost } from './request.ts';

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
    await fetchStatus().catch(() => undefined);
    expect(answer).toHaveBeenCalledOnce();
    expect(new Headers(sent().headers).has(CSRF_HEADER)).toBe(false);
  });

  it('keeps an id from another address inside its own path', async () => {
    answer.mockImplementation(async () => Response.json({ id: 'x', label: 'real' }));
    await storeLabel('../../shutdown?x', 'real');
    expect(answer.mock.calls[0]?.[0]).toBe('/api/history/records/..%2F..%2Fshutdown%3Fx/label');
  });

  it('takes an answer without a body where there is nothing to tell', async () => {
    answer.mockImplementation(async () => new Response(null, { status: 204 }));
    await expect(revokeBrowser('a/b')).resolves.toBeUndefined();
    expect(answer.mock.calls[0]?.[0]).toBe('/api/browsers/a%2Fb');
  });

  it('turns the companion’s report into its code', async () => {
    answer.mockImplementation(async () => Response.json(errorReport('too-large'), { status: 413 }));
    await expect(checkFile(new Blob(['x']), 'x.jpg')).rejects.toMatchObject({ code: 'too-large' });
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
    await expect(fetchStatus()).rejects.toMatchObject({ code: 'bad-message' });
  });

  it('tells a stopped companion from a cancelled request', async () => {
    answer.mockRejectedValue(new TypeError('Failed to fetch'));
    await expect(fetchStatus()).rejects.toMatchObject({ code: 'companion-unreachable' });
    await expect(fetchStatus(AbortSignal.abort())).rejects.toThrow('Failed to fetch');
  });
});
