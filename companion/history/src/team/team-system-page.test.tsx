import type { TeamProcesses } from '@touchstone/shared/api';
import { LANGUAGES, textOf } from '@touchstone/shared/words';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rememberLanguage } from '../i18n/language.ts';
import { renderInPage } from '../ui/render-in-page.tsx';
import { TeamSystemPage } from './team-system-page.tsx';

const answer = vi.fn<typeof fetch>();
const HUNG_MS = 300_000;
const AT = Date.UTC(2026, 2, 28, 12);

beforeEach(() => vi.stubGlobal('fetch', answer));
afterEach(() => {
  vi.unstubAllGlobals();
  answer.mockReset();
  localStorage.clear();
  document.body.replaceChildren();
});

function shown(processes: Partial<TeamProcesses>): HTMLElement {
  const whole: TeamProcesses = { at: AT, version: '0.1.0', workers: [], queues: [], ...processes };
  answer.mockImplementation(async () => Response.json(whole));
  return renderInPage(<TeamSystemPage onClose={() => undefined} />);
}

it.each(LANGUAGES)('tells of each worker and each queue, and of what nobody takes (%s)', async (language) => {
  rememberLanguage(localStorage, language);
  const page = shown({
    workers: [{ id: 'gpu-1 abc', version: '0.1.0', packs: ['thorough@1.0.0'], working: 3 }],
    queues: [
      { queue: 'checks/thorough/1.0.0', lane: 'asked', waiting: 2, working: 3, oldest: AT - 60_000, served: true },
      { queue: 'checks/old/0.9.0', lane: 'bulk', waiting: 7, working: 0, oldest: AT - 7_200_000, served: false },
    ],
  });
  await vi.waitFor(() => expect(page.querySelectorAll('table')).toHaveLength(2), HUNG_MS);
  const rows = [...page.querySelectorAll('tbody tr')].map(({ textContent }) => textContent);
  expect(rows).toHaveLength(3);
  expect(rows[0]).toContain('gpu-1 abc');
  expect(rows[0]).toContain('thorough@1.0.0');
  expect(rows[1]).toContain(textOf(language, 'lane-asked'));
  expect(rows[2]).toContain(textOf(language, 'team-pack-gone'));
  expect(page.textContent).toContain(textOf(language, 'team-unserved'));
});

it('says where there is no worker, and where nothing waits', async () => {
  const page = shown({});
  await vi.waitFor(() => expect(page.textContent).toContain(textOf('en', 'team-no-workers')), HUNG_MS);
  expect(page.textContent).toContain(textOf('en', 'team-no-queues'));
  expect(page.textContent).not.toContain(textOf('en', 'team-unserved'));
});
