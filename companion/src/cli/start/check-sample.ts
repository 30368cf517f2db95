import { readFile } from 'node:fs/promises';
import { VERDICT_WORDS } from '@touchstone/shared';
import { probabilityText } from '@touchstone/shared/words';
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
  const words = VERDICT_WORDS[verdict.value];
  return `Sample photo ${SAMPLE}: ${words} (${probabilityText(verdict.probability, 'en')} AI, confidence ${verdict.confidence}), checked in ${ms} ms`;
}
