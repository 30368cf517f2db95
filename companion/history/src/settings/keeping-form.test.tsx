import type { CompanionSettings } from '@touchstone/shared';
import type { Role } from '@touchstone/shared/api';
import { LANGUAGES, textOf } from '@touchstone/shared/words';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rememberLanguage } from '../i18n/language.ts';
import { TeamProvider } from '../team/team-context.tsx';
import { press, renderInPage } from '../ui/render-in-page.tsx';
import { SettingsDialog } from './settings-dialog.tsx';

const answer = vi.fn<typeof fetch>();
const HUNG_MS = 300_000;

const SETTINGS: CompanionSettings = {
  recordingPaused: false,
  retentionDays: 30,
  keepThumbnails: true,
  keepOriginals: false,
  quickPack: null,
  thoroughPack: 'thorough@1.0.0',
};

beforeEach(() => {
  vi.stubGlobal('fetch', answer);
  sessionStorage.setItem('touchstone.team', 'yes');
});
afterEach(() => {
  vi.unstubAllGlobals();
  answer.mockReset();
  localStorage.clear();
  sessionStorage.clear();
  document.body.replaceChildren();
});

function shownTo(role: Role): void {
  const answers: Readonly<Record<string, unknown>> = {
    '/api/people/me': { id: 'p1', name: 'Ann', role, createdAt: 0, disabledAt: null },
    '/api/team/packs': { packs: [{ name: 'thorough', version: '2.0.0', tier: 'thorough', workers: 3 }] },
    '/api/settings': SETTINGS,
  };
  answer.mockImplementation(async (address) => Response.json(answers[String(address)] ?? {}));
  renderInPage(
    <TeamProvider>
      <SettingsDialog isOpen onClose={() => undefined} />
    </TeamProvider>,
  );
}

const asked = (method: string) =>
  answer.mock.calls
    .filter(([, init]) => (init?.method ?? 'GET') === method)
    .map(([address, init]) => `${String(address)} ${String(init?.body ?? '')}`.trim());

it.each(LANGUAGES)('shows an admin what the team keeps, and saves what was chosen (%s)', async (language) => {
  rememberLanguage(localStorage, language);
  shownTo('admin');
  const words = () => document.body.textContent;
  await vi.waitFor(() => expect(words()).toContain(textOf(language, 'team-pack-thorough')), HUNG_MS);
  expect(words()).toContain(textOf(language, 'team-settings-help'));
  // What was chosen and no worker has any more is still shown as chosen.
  await vi.waitFor(() => expect(words()).toContain('thorough@1.0.0'), HUNG_MS);
  const box = [...document.querySelectorAll('label')].find((label) =>
    label.textContent.includes(textOf(language, 'keep-originals')),
  );
  press(box?.querySelector('input') ?? null);
  press(document.querySelector('button[type=submit]'));
  await vi.waitFor(
    () =>
      expect(asked('PATCH')).toEqual([
        '/api/settings {"retentionDays":30,"retentionBytes":null,"keepThumbnails":true,"keepOriginals":true,"quickPack":null,"thoroughPack":"thorough@1.0.0"}',
      ]),
    HUNG_MS,
  );
});

it.each(['reader', 'analyst'] as const)('neither asks for nor shows them to a %s', async (role) => {
  shownTo(role);
  await vi.waitFor(() => expect(document.body.textContent).toContain(textOf('en', 'team-not-here')), HUNG_MS);
  expect(document.body.textContent).not.toContain(textOf('en', 'team-settings'));
  expect(asked('GET')).not.toContain('/api/settings');
});
