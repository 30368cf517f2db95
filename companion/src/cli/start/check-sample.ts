import { readFile } from 'node:fs/promises';
import { stepOf } from '@touchstone/shared/present';
import { probabilityText, textOf } from '@touchstone/shared/words';
import type { Pipeline } from '../../pipeline/pipeline.ts';

/** A camera photograph that comes along; see the NOTICE.md beside it. */
const SAMPLE = 'rocket.jpg';

/**
 * Checks one picture for real, without recording it: the proof that model, decoder and thread work on this machine.
 * @returns one line for people
 * @throws TouchstoneError
 */
export async function checkSample(pipeline: Pipeline, signal: AbortSignal): Promise<string> {
  const bytes = await readFile(new URL(`../../../assets/samples/${SAMPLE}`, import.meta.url));
  const start = performance.now();
  const { verdict } = await pipeline.check({
    source: { kind: 'image', path: 'file', fileName: SAMPLE, private: true },
    lane: 'asked',
    bytes,
    fresh: true,
    signal,
  });
  const ms = Math.round(performance.now() - start);
  const words = textOf('en', `step-${stepOf(verdict)}`);
  return `Sample photo ${SAMPLE}: ${words} (chance of AI ${probabilityText(verdict.probability, 'en')}), checked in ${ms} ms`;
}
