import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CompanionStatus } from '@touchstone/shared';
import { ulid } from 'ulid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveConfiguration } from '../../configuration/resolve-configuration.ts';
import { packFolders } from '../../daemon/pack-folders.ts';
import { createResultLog } from '../../log/create-result-log.ts';
import { generatedRecord } from '../../log/fixtures/generated-records.ts';
import { COMPANION_VERSION } from '../../records/companion-version.ts';
import { runTouchstone } from '../fixtures/run-touchstone.ts';
import { hostPlaces } from '../native-host/host-places.ts';
import { bundle } from './bundle.ts';
import { diagnose, type LookName } from './diagnose.ts';
import type { Subject } from './diagnosis.ts';
import { scrub } from './scrub.ts';

const PACKS = fileURLToPath(new URL('../../../../models/packs', import.meta.url));
const GIGABYTE = 1024 ** 3;
const NOW = Date.UTC(2026, 10, 1);

const OLDER: CompanionStatus = {
  version: '0.0.9',
  protocol: 2,
  pid: 1,
  port: 1,
  startedAt: NOW,
  provider: 'cpu',
  providerReason: 'The CPU was asked for.',
  packs: [],
  recordingPaused: false,
  records: 0,
  queued: { live: 0, asked: 0, bulk: 0 },
  workerRestarts: 0,
};

let home: string;
let subject: Subject;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'touchstone-doctor-'));
  subject = {
    home,
    port: 0,
    configuration: undefined,
    packFolders: packFolders(home),
    link: undefined,
    now: NOW,
    freeBytes: async () => 10 * GIGABYTE,
    provider: undefined,
    chooseProvider: async (_, provider) => ({ provider, reason: { code: 'asked', provider } }),
    hostPlaces: hostPlaces('linux', home, home),
    videoDecoderLoads: async () => true,
    nodeVersion: process.versions.node,
  };
});

afterEach(() => rm(home, { recursive: true, force: true }));

function pairOne(): void {
  const browser = { id: 'b', name: 'Browser', origin: 'chrome-extension://x', secret: 'a'.repeat(43) };
  const browsers = [{ ...browser, pairedAt: NOW, lastSeenAt: null }];
  writeFileSync(join(home, 'browsers.json'), JSON.stringify({ browsers }), { mode: 0o600 });
}

function recordAt(at: number): void {
  const log = createResultLog(join(home, 'history.sqlite'));
  log.append(generatedRecord(1, { id: ulid(at), at }), {});
  log.close();
}

/** Looks that do not find everything well, with what they say. */
async function troubles(changed: Partial<Subject> = {}): Promise<Partial<Record<LookName, string>>> {
  const found = await diagnose({ ...subject, ...changed });
  expect(found).toHaveLength(13);
  for (const { state, nextStep } of found) expect(state === 'ok', nextStep).toBe(nextStep === undefined);
  return Object.fromEntries(found.filter(({ state }) => state !== 'ok').map(({ look, text }) => [look, text]));
}

describe('touchstone doctor', () => {
  it('finds nothing where everything is well', async () => {
    pairOne();
    recordAt(NOW - 1000);
    expect(await troubles()).toEqual({});
  });

  it('finds a setting that no companion starts with', async () => {
    pairOne();
    writeFileSync(join(home, 'config.json'), '{"logLevel":"loud"}', { mode: 0o600 });
    const configuration = await resolveConfiguration({ environment: {}, home }).catch((error: unknown) => error);
    expect(await troubles({ configuration })).toEqual({ configuration: expect.stringContaining('loud') });
  });

  it('finds a port that another program holds', async () => {
    pairOne();
    const squatter = createServer();
    await new Promise<void>((done) => squatter.listen(0, '127.0.0.1', done));
    const address = squatter.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const found = await troubles({ port });
    squatter.close();
    expect(found).toEqual({ port: expect.stringContaining(`Port ${port} cannot be used (EADDRINUSE)`) });
  });

  it('finds a data folder that others can look into', async () => {
    pairOne();
    await chmod(home, 0o755);
    expect(await troubles()).toEqual({ permissions: expect.stringContaining('mode 755') });
  });

  it('finds a disk that is nearly full', async () => {
    pairOne();
    expect(await troubles({ freeBytes: async () => 1000 })).toEqual({ disk: expect.stringContaining('0 MB are free') });
  });

  it('finds a model whose bytes are not those that its pack names', async () => {
    pairOne();
    const folder = join(home, 'packs');
    cpSync(join(PACKS, 'starter'), join(folder, 'starter'), { recursive: true });
    const model = readFileSync(join(folder, 'starter', 'model.onnx'));
    model[model.length >> 1] = (model[model.length >> 1] ?? 0) ^ 1;
    writeFileSync(join(folder, 'starter', 'model.onnx'), model);
    expect(await troubles({ packFolders: [folder] })).toEqual({ hashes: expect.stringContaining('sha256') });
  });

  it.each([
    ['is no database', Buffer.alloc(8192, 7)],
    ['was cut off', undefined],
  ])('finds a log that %s', async (_, bytes) => {
    pairOne();
    const path = join(home, 'history.sqlite');
    if (!bytes) recordAt(NOW);
    writeFileSync(path, bytes ?? readFileSync(path).subarray(0, 5000));
    expect(Object.keys(await troubles())).toEqual(['log']);
  });

  it('finds a clock behind the newest record, and one that was never set', async () => {
    pairOne();
    recordAt(NOW);
    const behind = await troubles({ now: NOW - 24 * 60 * 60_000 });
    expect(behind).toEqual({ clock: expect.stringContaining('the newest record is of 2026-11-01') });
    expect(await troubles({ now: 0 })).toEqual({ clock: expect.stringContaining('1970') });
  });

  it('finds a provider that was asked for and does not work', async () => {
    pairOne();
    const chooseProvider = async () => ({ provider: 'cpu', reason: { code: 'asked-fails', provider: 'cuda' } });
    expect(await troubles({ provider: 'cuda', chooseProvider })).toEqual({
      provider: expect.stringContaining('cuda was asked for but fails'),
    });
  });

  it('finds a native messaging host that names another program', async () => {
    pairOne();
    const file = hostPlaces('linux', home, home)[0]?.file ?? '';
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, JSON.stringify({ path: '/tmp/other' }));
    expect(await troubles()).toEqual({ 'native-host': expect.stringContaining(file) });
  });

  it('finds that video files cannot be read, and names the command that mends it', async () => {
    pairOne();
    const found = await diagnose({ ...subject, videoDecoderLoads: async () => false });
    const look = found.find(({ state }) => state !== 'ok');
    expect(look).toMatchObject({ look: 'video', state: 'warning', nextStep: expect.stringContaining('video install') });
  });

  it.each([undefined, 'not JSON'])('finds that no browser is paired (%s)', async (text) => {
    if (text !== undefined) writeFileSync(join(home, 'browsers.json'), text);
    expect(Object.keys(await troubles())).toEqual(['pairing']);
  });

  it('finds a trust list that cannot be read', async () => {
    pairOne();
    mkdirSync(join(home, 'trust'));
    writeFileSync(join(home, 'trust', 'signers.pem'), 'no certificate');
    expect(await troubles()).toEqual({ 'trust-lists': expect.stringContaining('signers.pem') });
  });

  it('finds parts of different releases', async () => {
    pairOne();
    const link = { port: 1, status: OLDER };
    const text = `version 0.0.9, this folder holds ${COMPANION_VERSION}`;
    expect(await troubles({ link })).toEqual({ versions: expect.stringContaining(text) });
    expect(await troubles({ nodeVersion: '20.1.0' })).toEqual({ versions: expect.stringContaining('Node.js 20.1.0') });
  });
});

describe('the report to send', () => {
  it('holds no address, no record and no name of a folder of the person', async () => {
    recordAt(NOW);
    mkdirSync(join(home, 'logs'));
    const line = `{"msg":"of https://news.example/private?q=1 and me@mail.example in ${home}/spool"}\n`;
    writeFileSync(join(home, 'logs', 'companion.1.log'), line);
    const file = join(home, 'report.json');
    const { code, stderr } = await runTouchstone(['doctor', '--json', '--bundle', file], {
      home,
      environment: { TOUCHSTONE_PORT: '0' },
    });
    expect(stderr).toContain('Read it before you send it');
    expect(code).toBe(0);
    const text = readFileSync(file, 'utf8');
    const { url, pageUrl } = generatedRecord(1).source;
    for (const secret of ['news.example', 'me@mail', home, url, pageUrl]) expect(text).not.toContain(secret);
    expect(JSON.parse(text)).toMatchObject({
      touchstone: COMPANION_VERSION,
      log: ['{"msg":"of (address) and (mailbox) in (data folder)/spool"}'],
    });
  });

  it('holds none of the secrets that lie in the folder, in what failed and in the log', async () => {
    const token = `tst_${'aB3'.repeat(12)}`;
    const secret = 'Zx9_'.repeat(10).concat('Zx9');
    const person = 'beatrix';
    const page = 'https://forum.example/thread?id=77';
    const picture = `/home/${person}/Holiday in Rome/me and you.jpg`;
    writeFileSync(join(home, 'tokens.json'), JSON.stringify({ tokens: [{ name: 'nightly', hash: 'ab'.repeat(32) }] }));
    const browser = { id: 'b', name: `${person}'s Firefox`, origin: 'moz-extension://x', secret };
    writeFileSync(
      join(home, 'browsers.json'),
      JSON.stringify({ browsers: [{ ...browser, pairedAt: 1, lastSeenAt: 1 }] }),
    );
    mkdirSync(join(home, 'logs'));
    const lines = [
      { msg: `could not fetch ${page} with ${token}` },
      {
        msg: 'failed',
        err: { stack: `Error: ENOENT: no such file '${picture}'\n    at x (${PACKS}/../src/a.ts:1:2)` },
      },
      { msg: `paired ${person}-laptop by ${secret}`, path: `C:\\Users\\${person}\\Pictures\\me.png` },
      { msg: `backup in /mnt/${person}/disk failed`, [page]: 1 },
    ];
    writeFileSync(join(home, 'logs', 'companion.1.log'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const warnings = [
      { code: 'backup-failed' as const, at: NOW, text: `The backup in /srv/${person} failed: ${picture}` },
    ];
    const link = { port: 1, status: { ...OLDER, warnings } };
    const found = await diagnose({ ...subject, link, packFolders: [`/home/${person}/packs`] });
    const text = JSON.stringify(await bundle({ ...subject, link }, found, [person, `${person}-laptop`]));
    for (const planted of [token, secret, person, 'forum.example', 'Holiday', 'you.jpg', 'me.png', 'nightly']) {
      expect(text, planted).not.toContain(planted);
    }
    // What helps is still there.
    expect(text).toContain('ENOENT');
    expect(text).toContain(COMPANION_VERSION);
    expect(text).toMatch(/[0-9a-f]{64}/);
  });

  it('keeps addresses of this computer, and drops those of every kind', () => {
    const text =
      'http://127.0.0.1:47615/x ftp://a/b data:image/png;base64,AAAA www.site.example blob:https://q.example/1';
    expect(scrub([text], { folders: [] })).toEqual([
      'http://127.0.0.1:47615/x (address) (address) (address) blob:(address)',
    ]);
  });
});
