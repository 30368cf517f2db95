import { errorReport } from '@touchstone/shared';
import { textOf } from '@touchstone/shared/words';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { press, renderInPage } from '../../ui/render-in-page.tsx';
import { choiceOf, EVERYTHING } from './audit-filter.ts';
import { AuditPage } from './audit-page.tsx';

const answer = vi.fn<typeof fetch>();

beforeEach(() => vi.stubGlobal('fetch', answer));
afterEach(() => {
  vi.unstubAllGlobals();
  answer.mockReset();
  document.body.replaceChildren();
});

const entry = (number: number) => ({
  number,
  at: number,
  person: null,
  action: 'invited',
  deed: 'invited',
  target: 'x',
  detail: `reader Nr${number}`,
});

const numbers = (page: HTMLElement) =>
  [...page.querySelectorAll('.deed')].map(({ textContent }) => /Nr(\d+)/.exec(textContent ?? '')?.[1]);

it('goes on below the last entry that it has, and no further than there are any', async () => {
  answer.mockImplementation(async (address) => {
    const url = new URL(String(address), 'https://desk.example');
    if (url.pathname === '/api/people') return Response.json({ people: [] });
    const before = Number(url.searchParams.get('before') ?? 7);
    const entries = [before - 1, before - 2, before - 3].filter((number) => number > 0).map(entry);
    return Response.json({ entries, next: before > 4 ? before - 3 : null });
  });
  const page = renderInPage(<AuditPage onClose={() => undefined} />);
  await vi.waitFor(() => expect(numbers(page)).toEqual(['6', '5', '4']), 60_000);
  const older = () =>
    [...page.querySelectorAll('button')].find((one) => one.textContent === textOf('en', 'audit-older'));
  press(older() ?? null);
  await vi.waitFor(() => expect(numbers(page)).toEqual(['6', '5', '4', '3', '2', '1']), 60_000);
  expect(older()).toBeUndefined();
});

it('says by its code why it shows nothing', async () => {
  answer.mockImplementation(async () => Response.json(errorReport('role-missing'), { status: 403 }));
  const page = renderInPage(<AuditPage onClose={() => undefined} />);
  await vi.waitFor(
    () => expect(page.querySelector('[role=alert]')?.textContent).toContain(errorReport('role-missing').nextStep),
    60_000,
  );
  expect(page.querySelectorAll('.deed')).toHaveLength(0);
});

it('asks for whole days of the reader, the last one with all of its hours', () => {
  expect(choiceOf(EVERYTHING)).toEqual({});
  const { from = 0, to = 0 } = choiceOf({ ...EVERYTHING, fromDay: '2026-03-01', toDay: '2026-03-01' });
  expect(from).toBe(new Date(2026, 2, 1).getTime());
  expect(to).toBe(new Date(2026, 2, 2).getTime());
});
