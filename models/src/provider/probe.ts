import { FiniteNumber, ProviderFailure, type ProviderFailureCode } from '@touchstone/shared';
import * as v from 'valibot';
import { goldenView } from '../pack/golden.ts';
import type { Pack } from '../pack/pack-folder.ts';
import { viewCount } from '../pixels/view-plan.ts';
import { openPack } from '../session/open-later.ts';

/** Timed runs after one to warm up; the fastest counts, since others only add noise. */
const TIMED_RUNS = 3;

/** What a provider made of the golden view. Crosses a process boundary as JSON. */
export const ProbeAnswer = v.variant('works', [
  v.object({
    works: v.literal(true),
    /** One a view of a full batch of golden views. */
    logits: v.array(FiniteNumber),
    /** Milliseconds for the views of one picture. */
    ms: FiniteNumber,
  }),
  v.object({ works: v.literal(false), failure: ProviderFailure }),
]);
export type ProbeAnswer = v.InferOutput<typeof ProbeAnswer>;

/** Runs one picture's worth of golden views on a provider. Drivers may crash the process: call it in a child. */
export async function probeProvider(pack: Pack, provider: string): Promise<ProbeAnswer> {
  try {
    const session = await openPack(pack, { provider, verified: true });
    const one = { data: new Uint8Array(goldenView(pack.manifest.input)), count: 1 };
    const picture = Array.from({ length: viewCount(pack.manifest.input) }, () => one);
    let { logits } = await session.run(picture);
    let ms = Number.POSITIVE_INFINITY;
    for (let i = 0; i < TIMED_RUNS; i++) {
      const start = performance.now();
      ({ logits } = await session.run(picture));
      ms = Math.min(ms, performance.now() - start);
    }
    await session.release();
    return { works: true, logits: [...logits], ms };
  } catch (error) {
    return { works: false, failure: failureOf(error) };
  }
}

/** What the runtime's messages mean. */
const KNOWN_FAILURES: readonly (readonly [RegExp, ProviderFailureCode])[] = [
  [/RequestAdapterStatus/, 'no-gpu'],
  [/failed to load (shared )?library/i, 'no-library'],
  [/no available backend|backend not found|not supported/i, 'not-built-in'],
];

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The meaning of a known message, else its first line. */
function failureOf(error: unknown): ProviderFailure {
  const known = KNOWN_FAILURES.find(([pattern]) => pattern.test(textOf(error)));
  return known ? { code: known[1] } : { code: 'failed', detail: firstLine(error) };
}

/** The first line of a message without source paths, at most 160 characters. */
export function firstLine(error: unknown): string {
  return (textOf(error).split('\n', 1)[0] ?? '')
    .replace(/\S*\/\S+\.(cc|cpp|h|cxx):\d+\s*/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 160);
}
