import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { goldenView, readPack } from '@touchstone/models';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExecutionProviders, type ExecutionProviders } from './execution-providers.ts';
import { createInferenceEngine, type InferenceEngine } from './inference-engine.ts';
import { POISON } from './poison.ts';

const logger = pino({ level: 'silent' });
const pack = await readPack(fileURLToPath(new URL('../../../models/packs/starter', import.meta.url)));
const golden = (count = 1) => {
  const view = goldenView(pack.manifest.input);
  return { data: Uint8Array.from({ length: view.length * count }, (_, i) => view[i % view.length] ?? 0), count };
};
const right = pack.manifest.golden.logit;

let closing: AbortController;
let providers: ExecutionProviders;
let engine: InferenceEngine;

beforeAll(() => {
  closing = new AbortController();
  providers = createExecutionProviders({ wanted: 'cpu', signal: closing.signal, logger });
  engine = createInferenceEngine(providers, logger);
});
afterAll(async () => {
  closing.abort();
  await engine.close();
});

describe('inference engine', () => {
  it('answers what the pack answers, many at a time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 7 }, (_, i) => engine.judge(pack, golden(1 + (i % 5)), 'bulk')),
    );
    for (const { answer, provider } of answers) {
      expect(answer.logit).toBeCloseTo(right, 3);
      expect(provider).toBe('cpu');
    }
  });

  it('survives a picture that kills its thread: the others are answered, it alone fails', async () => {
    const crashing = createInferenceEngine(providers, logger, {
      script: new URL('./crashing-worker.ts', import.meta.url),
    });
    await crashing.open(pack);
    const poison = golden();
    poison.data.set(POISON);
    const good = [golden(), golden(), golden()].map((views) => crashing.judge(pack, views, 'asked'));
    // All three wait in the same batch as the poisoned one, behind a first run.
    await expect(crashing.judge(pack, poison, 'asked')).rejects.toMatchObject({ code: 'inference-failed' });
    for (const { answer } of await Promise.all(good)) expect(answer.logit).toBeCloseTo(right, 3);
    expect(crashing.restarts()).toBe(2);
    expect((await crashing.judge(pack, golden(), 'asked')).answer.logit).toBeCloseTo(right, 3);
    await crashing.close();
  });

  it('answers the same after it has rested and given back what large runs left', async () => {
    const other = createInferenceEngine(providers, logger, { restMs: 20 });
    await Promise.all(Array.from({ length: 6 }, () => other.judge(pack, golden(5), 'bulk')));
    // Several rests: in each, the thread is asked between two runs.
    for (let i = 0; i < 3; i++) {
      await wait(60);
      expect((await other.judge(pack, golden(), 'asked')).answer.logit).toBeCloseTo(right, 3);
    }
    expect(other.restarts()).toBe(0);
    await other.close();
  });

  it('lets a run under way finish when it is closed', async () => {
    const other = createInferenceEngine(providers, logger);
    await other.open(pack);
    const [running, waiting] = [other.judge(pack, golden(10), 'asked'), other.judge(pack, golden(10), 'asked')];
    const refused = expect(waiting).rejects.toMatchObject({ code: 'shutting-down' });
    await new Promise((resolve) => setImmediate(resolve));
    await other.close();
    await refused;
    expect((await running).answer.logit).toBeCloseTo(right, 3);
  });

  it('does not retry what is the pack’s own fault', async () => {
    const damaged = { ...pack, folder: `${pack.folder}-that-is-gone` };
    const before = engine.restarts();
    await expect(engine.judge(damaged, golden(), 'asked')).rejects.toMatchObject({ code: 'pack-invalid' });
    expect(engine.restarts()).toBe(before);
  });

  it('drops what is cancelled while it waits', async () => {
    const cancel = new AbortController();
    const running = engine.judge(pack, golden(5), 'bulk');
    const waiting = engine.judge(pack, golden(5), 'bulk', cancel.signal);
    cancel.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect((await running).answer.logit).toBeCloseTo(right, 3);
  });
});

it('goes on with the CPU when an accelerator fails in the middle of work', async () => {
  const choose = async () => ({
    provider: 'no-such-provider',
    reason: { code: 'asked', provider: 'no-such-provider' },
  });
  const chosen = createExecutionProviders({ wanted: 'no-such-provider', signal: closing.signal, logger, choose });
  const other = createInferenceEngine(chosen, logger);
  const { answer, provider } = await other.judge(pack, golden(), 'asked');
  expect(answer.logit).toBeCloseTo(right, 3);
  expect(provider).toBe('cpu');
  expect(chosen.reasonFor(pack)).toEqual({ code: 'failed-at-work', provider: 'no-such-provider' });
  await other.close();
});
