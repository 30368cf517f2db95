import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ErrorReport, Evidence, ResultRecord } from '@touchstone/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCompanion } from '../daemon/start-companion.ts';
import type { RunningCompanion } from '../daemon/start-contract.ts';
import { captureOf, enter, pairWith, type StreamClient } from '../gateway/fixtures/stream-client.ts';
import { send } from '../gateway/fixtures/test-companion.ts';
import { type RealFile, realFiles } from './fixtures/real-files.ts';
import { jsonLines, runTouchstone } from './fixtures/run-touchstone.ts';

const STARTER = fileURLToPath(new URL('../../../models/packs/starter', import.meta.url));
/** Between two pictures of the same pixels, one of them compressed otherwise. */
const SAME_PIXELS = 0.03;

/** What is said of a file, by whichever way it came in. */
interface Answer {
  readonly evidence: readonly Pick<Evidence, 'kind' | 'code' | 'details'>[];
  readonly caveats: readonly { readonly code: string }[];
  readonly verdict?: string;
  readonly probability?: number;
  readonly error?: Pick<ErrorReport, 'code' | 'message' | 'nextStep'>;
}

let folder: string;
let files: readonly RealFile[];
let companion: RunningCompanion;
let page: StreamClient;
/** As the command line says it without a companion. */
let alone: ReadonlyMap<string, Answer>;
const end = new AbortController();

async function checkedAlone(home: string): Promise<Map<string, Answer>> {
  const paths = files.map(({ name }) => join(folder, name));
  const { stdout } = await runTouchstone(['check', '--json', '--pack', 'starter', ...paths], { home });
  return new Map(
    jsonLines(stdout).map((line) => [String(line.file).slice(folder.length + 1), line as unknown as Answer]),
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-real-'));
  files = await realFiles(folder);
  const packs = join(folder, 'packs');
  await mkdir(packs);
  await cp(STARTER, join(packs, 'starter'), { recursive: true });
  const home = join(folder, 'home');
  const started = await startCompanion({ home, port: 0, signal: end.signal, packFolders: [packs], provider: 'cpu' });
  if (started.outcome !== 'started') throw new Error(started.outcome);
  companion = started.companion;
  page = await enter(companion.port, await pairWith(companion.port, companion.newPairing().code));
  alone = await checkedAlone(join(folder, 'nobody'));
}, 600_000);

afterAll(async () => {
  page?.socket.close();
  await companion?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a file as it reaches people’s computers', () => {
  it('answers are there for each of them', () => {
    expect([...alone.keys()].toSorted()).toEqual(files.map(({ name }) => name).toSorted());
  });

  it('is judged or refused as it should be', () => {
    for (const { kind, name, rule } of files) {
      const told = `${kind}: ${name}`;
      const answer = alone.get(name);
      expect.soft(answer?.error?.code, told).toBe(rule.error);
      if (rule.says) expect.soft(answer?.error?.message, told).toMatch(rule.says);
      const codes = answer?.evidence?.map(({ code }) => code) ?? [];
      for (const code of rule.evidence ?? []) expect.soft(codes, told).toContain(code);
      for (const code of rule.without ?? []) expect.soft(codes, told).not.toContain(code);
      if (rule.evidence?.some((code) => code !== 'camera-metadata')) expect.soft(answer?.verdict, told).toBe('fake');
      if (rule.names) expect.soft(JSON.stringify(answer?.evidence), told).toContain(rule.names);
      if (rule.caveat)
        expect
          .soft(
            answer?.caveats.map(({ code }) => code),
            told,
          )
          .toContain(rule.caveat);
      const twin = rule.like && alone.get(rule.like)?.probability;
      if (rule.like)
        expect.soft(Math.abs((answer?.probability ?? 9) - Number(twin)), told).toBeLessThanOrEqual(SAME_PIXELS);
    }
  });
});

/** Everything but the model's own word, which knows of pixels and of nothing else. */
const statements = (evidence: Answer['evidence'] = []): string[] =>
  evidence
    .filter(({ kind, code }) => kind !== 'classifier' && !code.startsWith('video-') && !code.startsWith('seen-'))
    .map(({ code, details }) => `${code} ${String(details.generator ?? '')}`)
    .toSorted();

const isFilm = (name: string): boolean => /\.(?:mp4|avi|ts)$/.test(name);

/** The ones whose own bytes say something, or are refused. */
const telling = () => files.filter(({ rule }) => rule.evidence !== undefined || rule.error !== undefined);

describe('the same bytes give the same evidence', { timeout: 900_000 }, () => {
  it('sent by a program', async () => {
    const { token } = JSON.parse(await readFile(join(folder, 'home', 'control.json'), 'utf8')) as { token: string };
    for (const { name, bytes } of telling()) {
      // What moves is sent as a film, as the command line and the history page do.
      const moves = isFilm(name) || name === 'long.webp';
      const type = moves ? 'video/mp4' : 'application/octet-stream';
      const headers = { authorization: `Bearer ${token}`, 'content-type': type };
      const path = moves ? '/api/check-video' : '/api/check';
      const answer = await send(companion.port, path, { method: 'POST', headers, body: bytes });
      const { record, error, ...plain } = JSON.parse(answer.text.trim().split('\n').at(-1) ?? '');
      const said = (record ?? plain) as Partial<ResultRecord> & Partial<ErrorReport>;
      expect(statements(said.evidence), name).toEqual(statements(alone.get(name)?.evidence));
      expect(error?.code ?? said.code, name).toBe(alone.get(name)?.error?.code);
    }
  });

  it('found on a page', async () => {
    // Films have a way of their own there: by their frames.
    const pictures = telling().filter(({ name }) => !isFilm(name));
    for (const [id, { name, bytes }] of pictures.entries()) {
      page.send(captureOf(id + 1, new Uint8Array(bytes)));
      const said = await Promise.race([
        page.next('result', (message) => message.id === id + 1).then(({ record }) => ({ evidence: record.evidence })),
        page
          .next('error', (message) => message.id === id + 1)
          .then(({ error }) => ({ evidence: [], code: error.code })),
      ]);
      expect(statements(said.evidence), name).toEqual(statements(alone.get(name)?.evidence));
      expect('code' in said ? said.code : undefined, name).toBe(alone.get(name)?.error?.code);
    }
  });
});
