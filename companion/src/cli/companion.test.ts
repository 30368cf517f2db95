import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { writePack } from '../pipeline/fixtures/pack-versions.ts';
import { jsonLines, runTouchstone, temporaryHome } from './fixtures/run-touchstone.ts';
import { type StartedCompanion, startTouchstone } from './fixtures/started-companion.ts';

const samples = fileURLToPath(new URL('../../assets/samples', import.meta.url));

let home: string;
let dispose: () => Promise<void>;
let companion: StartedCompanion;
const touchstone = (...args: string[]) => runTouchstone(args, { home });

beforeAll(async () => {
  ({ home, dispose } = await temporaryHome());
  companion = startTouchstone(home);
  await companion.says('Stop: Ctrl-C');
}, 300_000);

afterAll(async () => {
  await companion.end('SIGKILL');
  await dispose();
});

describe('with a companion', { timeout: 300_000 }, () => {
  it('shows a newcomer that it works and what to do next', () => {
    const output = companion.output();
    expect(output).toMatch(/Sample photo \S+: (Likely|Uncertain).* checked in \d+ ms/);
    expect(output).toMatch(/Runs on +\w+: .+/);
    expect(output).toMatch(/Model pack +\S+ \d.*in use for/);
    expect(output).toMatch(/http:\/\/127\.0\.0\.1:\d+\/pair#[0-9A-Z]{4}-/);
    for (const browser of ['Chrome', 'Edge', 'Firefox']) expect(output).toContain(browser);
  });

  it('lets a second start join, with status and link', async () => {
    const { code, stdout } = await touchstone('start');
    expect(code).toBe(0);
    expect(stdout).toContain('already runs on');
    expect(stdout).toMatch(/\/pair#[0-9A-Z]{4}-/);
  });

  it('lets the companion check, and finds the results in the export', async () => {
    const { code, stdout } = await touchstone('check', '--json', samples);
    const lines = jsonLines(stdout);
    expect(lines).toHaveLength(4);
    expect([0, 1]).toContain(code);

    const exported = JSON.parse((await touchstone('history', 'export', '--format', 'json')).stdout) as unknown[];
    // The sample of the start is not recorded, only what a person checked.
    expect(exported).toHaveLength(4);

    const file = join(home, 'export.csv');
    const verdict = String(lines[0]?.verdict);
    await touchstone('history', 'export', '--format', 'csv', '--verdict', verdict, '-o', file);
    const rows = (await readFile(file, 'utf8')).trim().split(/\r?\n/);
    expect(rows).toHaveLength(1 + lines.filter((line) => line.verdict === verdict).length);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it('says in the table who checked', async () => {
    const { stdout } = await touchstone('check', join(samples, 'rocket.jpg'));
    expect(stdout).toContain('by the companion on port');
  });

  it('reports its status, a new pairing code, the history link and its browsers', async () => {
    const status = jsonLines((await touchstone('status', '--json')).stdout)[0];
    expect(status).toMatchObject({ recordingPaused: false, version: expect.any(String) });
    expect((await touchstone('pair')).stdout).toMatch(/code in the extension's popup: {2}[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/);
    expect((await touchstone('open')).stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+\/\S+#\S+/);
    expect((await touchstone('browsers', 'list')).stdout).toContain('No browser is paired');
    const revoked = await touchstone('browsers', 'revoke', 'nobody');
    expect(revoked.code).toBe(2);
    expect(revoked.stderr).toContain('nobody');
  });

  it('changes the pack of a tier in the running companion', async () => {
    const packs = jsonLines((await touchstone('models', 'list', '--json')).stdout);
    const name = String(packs[0]?.name);
    expect((await touchstone('models', 'use', name)).code).toBe(0);
    const after = jsonLines((await touchstone('models', 'list', '--json')).stdout);
    expect(after).toContainEqual(expect.objectContaining({ name, chosen: true }));
    const unknown = await touchstone('models', 'use', 'nobody');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('touchstone models list');
  });

  it('has a version that is installed while it runs at once, and gives it up only when nothing uses it', async () => {
    const source = await mkdtemp(join(tmpdir(), 'touchstone-source-'));
    onTestFinished(() => rm(source, { recursive: true, force: true }));
    const folder = await writePack(source, { name: 'starter', version: '9.0.0', probability: 0.97 });
    const installed = await touchstone('models', 'install', folder);
    expect([installed.code, installed.stdout]).toEqual([
      0,
      expect.stringContaining('The running Touchstone has it too'),
    ]);
    expect((await touchstone('models', 'install', folder)).stderr).toContain('already installed');
    const listed = async () =>
      jsonLines((await touchstone('models', 'list', '--json')).stdout)
        .filter(({ name }) => name === 'starter')
        .map(({ version, inUse }) => [version, inUse]);
    expect(await listed()).toEqual(
      expect.arrayContaining([
        ['0.1.0', false],
        ['9.0.0', false],
      ]),
    );

    const rocket = join(samples, 'rocket.jpg');
    const checkedBy = async (pack: string) => {
      const [line] = jsonLines((await touchstone('check', '--json', '--pack', pack, rocket)).stdout);
      return line?.pack;
    };
    for (const version of ['0.1.0', '9.0.0']) {
      expect(await checkedBy(`starter@${version}`)).toEqual({ name: 'starter', version });
    }
    expect((await touchstone('models', 'use', 'starter@9.0.0')).code).toBe(0);
    expect(await listed()).toEqual(
      expect.arrayContaining([
        ['0.1.0', false],
        ['9.0.0', true],
      ]),
    );
    const refused = await touchstone('models', 'remove', 'starter@9.0.0');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('in use')]);
    expect((await touchstone('models', 'use', 'starter@0.1.0')).code).toBe(0);
    expect((await touchstone('models', 'remove', 'starter@9.0.0')).stdout).toContain('Removed starter@9.0.0');
    expect(await listed()).toEqual([['0.1.0', true]]);
  });

  it('stops cleanly when asked', async () => {
    const { code, stdout } = await touchstone('stop');
    expect(stdout).toContain('has stopped');
    expect(code).toBe(0);
    expect(await companion.exit).toBe(0);
  });
});

describe('touchstone start', { timeout: 300_000 }, () => {
  it('stops cleanly on Ctrl-C, also when the signal comes twice, as from a terminal and npm', async () => {
    const other = await temporaryHome();
    const running = startTouchstone(other.home);
    try {
      await running.says('Stop: Ctrl-C');
      const end = running.end('SIGINT');
      await running.end('SIGINT');
      expect(await end).toBe(0);
      expect(running.output()).toContain('Touchstone has stopped.');
    } finally {
      await running.end('SIGKILL');
      await other.dispose();
    }
  });

  it('says what to do when another program has the port', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const other = await temporaryHome();
    try {
      const run = await runTouchstone(['start'], { home: other.home, environment: { TOUCHSTONE_PORT: port } });
      expect(run.stderr).toContain(`Port ${port}`);
      expect(run.stderr).toContain('Next step');
      expect(run.code).toBe(1);
    } finally {
      server.close();
      await other.dispose();
    }
  });
});
