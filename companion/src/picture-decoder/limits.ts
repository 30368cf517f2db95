import { availableParallelism } from 'node:os';
import type { TaskLimits } from '../workers/supervised-process.ts';

/** Limits of the processes that decode pictures. Pictures are hostile until they are pixels. */

/** JavaScript heap of a process: pixels lie outside it. Megabytes. */
export const DECODER_HEAP_MB = 256;

/**
 * Threads for native work in one process. It does one thing at a time; only the views of a pack are made side by side.
 */
export const DECODER_THREADS = 2;

/** One a core keeps the cores busy; two at least, so that a slow picture holds up nobody. More than four gain nothing. */
export const DECODERS = Math.max(2, Math.min(4, availableParallelism()));
/** For what waits behind pictures that take seconds. */
export const EXTRA_DECODERS = 2;

/**
 * Resident memory of one process, in bytes: 100 megapixels take 0.9 GB as a 16-bit PNG with transparency, 1.3 GB as AVIF,
 * and expert views hold two copies more.
 */
export const MAX_DECODER_MEMORY = 2 * 1024 ** 3;
/** Of all processes together: the pixel budget's 450 MB of pixels, and what decoding them needs besides. Bytes. */
export const MAX_ALL_DECODERS_MEMORY = 3 * 1024 ** 3;
/** A process that rests with more than this is ended, because it is the only sure way to give memory back. Bytes. */
export const RESTING_MEMORY = 320 * 1024 ** 2;

/** An unused process is ended after this time; the last one later, so that a reader's next picture does not wait for a start. */
export const IDLE_MS = 20_000;
export const LAST_IDLE_MS = 5 * 60_000;

/** Largest answer: the pixels of the largest picture, three bytes each, are asked for by frames of videos alone. */
export const MAX_ANSWER_BYTES = 320 * 1024 ** 2;
/** Head of an answer: findings, and XMP as text never. Bytes. */
export const MAX_ANSWER_HEAD_BYTES = 64 * 1024;

const SECOND = 1000;

/** What one question may take. A 100-megapixel PNG takes about 4 s; what takes longer than these is made to take long. */
export const TASK_LIMITS = {
  header: { cpuMs: 5 * SECOND, wallMs: 60 * SECOND },
  decode: { cpuMs: 20 * SECOND, wallMs: 90 * SECOND },
  look: { cpuMs: 20 * SECOND, wallMs: 90 * SECOND },
  /** JPEG ghosts of 40 megapixels take 25 s. */
  expertView: { cpuMs: 60 * SECOND, wallMs: 180 * SECOND },
} as const satisfies Record<string, TaskLimits>;
