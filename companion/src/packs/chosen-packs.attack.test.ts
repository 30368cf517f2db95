import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CompanionSettings } from '@touchstone/shared';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { startTestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { missingChoices } from './chosen-packs.ts';

const packFolders = [fileURLToPath(new URL('../../../models/packs', import.meta.url))];

describe('attack: settings choose a pack that nobody installed', () => {
  it.each([
    ['a name that there is not', { quickPack: 'no-such-pack' }],
    ['a path', { thoroughPack: '../../outside' }],
    ['a pack of the other tier', { quickPack: 'thorough' }],
    ['a name like a property', { quickPack: '__proto__' }],
    ['nothing', { thoroughPack: '' }],
    ['a megabyte', { quickPack: 'x'.repeat(60_000) }],
  ])('by the API: %s', async (_, body) => {
    const { control, home } = await startTestCompanion({ packFolders });
    const answer = await control('/api/settings', { method: 'PATCH', body: JSON.stringify(body) });
    expect(answer.status).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'pack-unknown', nextStep: expect.stringMatching(/quick|thorough/) });
    expect((await control('/api/settings')).json()).toMatchObject({ quickPack: null, thoroughPack: null });
    expect(await readFile(join(home, 'settings.json'), 'utf8').catch(() => '')).not.toContain('no-such-pack');
  });

  it('beside a change that would be fine: nothing of it is taken', async () => {
    const { control } = await startTestCompanion({ packFolders });
    const body = JSON.stringify({ recordingPaused: true, quickPack: 'no-such-pack' });
    expect((await control('/api/settings', { method: 'PATCH', body })).status).toBe(404);
    expect((await control('/api/settings')).json()).toMatchObject({ recordingPaused: false });
  });

  it('by hand in settings.json: it is said at the start, and the companion works all the same', async () => {
    const home = await temporaryFolder();
    await writeFile(join(home, 'settings.json'), JSON.stringify({ thoroughPack: 'no-such-pack' }));
    const warnings: string[] = [];
    const { control } = await startTestCompanion({ home, onWarning: (message) => warnings.push(message) });
    expect(warnings.join('\n')).toContain('"no-such-pack" as the thorough pack, which is not installed');
    expect((await control('/api/status')).status).toBe(200);
  });
});

describe('the choice of an installed pack', () => {
  it('is taken, and given back', async () => {
    const { control } = await startTestCompanion({ packFolders });
    for (const quickPack of ['starter', null]) {
      const answer = await control('/api/settings', { method: 'PATCH', body: JSON.stringify({ quickPack }) });
      expect(answer.json()).toMatchObject({ quickPack });
    }
  });

  it('names what is used instead of a missing one', () => {
    const settings = v.parse(CompanionSettings, { quickPack: 'gone', thoroughPack: 'thorough' });
    const pack = { version: '1', sha256: 'a'.repeat(64) };
    const packs = [
      { ...pack, name: 'quick', tier: 'quick' as const },
      { ...pack, name: 'thorough', tier: 'thorough' as const },
    ];
    const sentences = missingChoices(settings, { packs, inUse: { quick: 'quick', thorough: 'thorough' } });
    expect(sentences).toEqual([
      'The settings choose "gone" as the quick pack, which is not installed; "quick" is used instead.',
    ]);
  });
});
