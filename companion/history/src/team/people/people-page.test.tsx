import { errorReport } from '@touchstone/shared';
import type { Colleague } from '@touchstone/shared/api';
import { LANGUAGES, textOf } from '@touchstone/shared/words';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rememberLanguage } from '../../i18n/language.ts';
import { press, renderInPage } from '../../ui/render-in-page.tsx';
import { PeoplePage } from './people-page.tsx';

const answer = vi.fn<typeof fetch>();

const ANN: Colleague = {
  id: 'a',
  name: 'Ann <b>',
  role: 'admin',
  createdAt: 1,
  disabledAt: null,
  seenAt: 1_700_000_000_000,
  sessions: 2,
  waysIn: 1,
};
const EVE: Colleague = { ...ANN, id: 'e', name: 'Eve', role: 'reader', disabledAt: 1, seenAt: null, sessions: 0 };
const LOST: Colleague = { ...ANN, id: 'l', name: 'Lo', role: 'analyst', sessions: 0, waysIn: 0 };

const INVITED = { id: 'i', name: 'Dora', role: 'reader', person: null, by: null, createdAt: 1, expiresAt: 2 };

beforeEach(() => vi.stubGlobal('fetch', answer));
afterEach(() => {
  vi.unstubAllGlobals();
  answer.mockReset();
  localStorage.clear();
  document.body.replaceChildren();
});

async function shown(): Promise<HTMLElement> {
  answer.mockImplementation(async (address) =>
    String(address).includes('invitations')
      ? Response.json({ invitations: [INVITED] })
      : Response.json({ people: [ANN, EVE, LOST] }),
  );
  const page = renderInPage(<PeoplePage onClose={() => undefined} />);
  await vi.waitFor(() => expect(page.querySelectorAll('.team-item')).toHaveLength(4), 60_000);
  return page;
}

const itemOf = (page: HTMLElement, name: string) =>
  [...page.querySelectorAll<HTMLElement>('.team-item')].find((one) => one.textContent?.includes(name));

it.each(LANGUAGES)('tells of each person role, state and presence (%s)', async (language) => {
  rememberLanguage(localStorage, language);
  const page = await shown();
  const t = (key: Parameters<typeof textOf>[1], count = 0) => textOf(language, key, { count });
  expect(itemOf(page, 'Ann <b>')?.textContent).toContain(t('people-signed-in', 2));
  expect(itemOf(page, 'Eve')?.textContent).toContain(t('people-kept-out'));
  expect(itemOf(page, 'Eve')?.textContent).toContain(t('people-never-here'));
  expect(itemOf(page, 'Eve')?.textContent).not.toContain(t('people-signed-in-nowhere'));
  expect(itemOf(page, 'Lo')?.textContent).toContain(t('people-no-way-in'));
  expect(itemOf(page, 'Ann <b>')?.textContent).not.toContain(t('people-no-way-in'));
  expect(itemOf(page, 'Dora')?.textContent).toContain(t('people-invited-by-command'));
});

it('withdraws an invitation once it was asked, and tells an error by its code', async () => {
  const page = await shown();
  press(itemOf(page, 'Dora')?.querySelector('button') ?? null);
  const dialog = () => document.querySelector('[role=alertdialog]');
  await vi.waitFor(() => expect(dialog()?.textContent).toContain('Withdraw the invitation of Dora?'), 60_000);
  expect(answer.mock.calls.some(([, options]) => options?.method === 'DELETE')).toBe(false);
  answer.mockImplementation(async () => Response.json(errorReport('not-found'), { status: 404 }));
  press([...(dialog()?.querySelectorAll('button') ?? [])].find((one) => one.textContent === 'Withdraw') ?? null);
  await vi.waitFor(
    () => expect(dialog()?.querySelector('[role=alert]')?.textContent).toContain(errorReport('not-found').message),
    60_000,
  );
  expect(
    answer.mock.calls.some(([address, options]) => options?.method === 'DELETE' && address === '/api/invitations/i'),
  ).toBe(true);
});
