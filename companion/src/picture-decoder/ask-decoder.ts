import { LANES, type Lane, TouchstoneError } from '@touchstone/shared';
import type { Logger } from 'pino';
import * as v from 'valibot';
import type { ProcessPool, Seat } from '../workers/process-pool.ts';
import type { TaskLimits } from '../workers/supervised-process.ts';
import { WorkerLost } from '../workers/worker-lost.ts';
import { ANSWERS, type AnswerOf, type DecoderQuestion, isFailed } from './protocol.ts';

export interface AskOptions {
  readonly payload?: Uint8Array;
  readonly limits: TaskLimits;
  readonly lane?: Lane | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The process that holds what the question is about. */
  readonly seat?: Seat;
  /** The answer leaves something with the process. */
  readonly keep?: boolean;
}

export interface DecoderReply<T extends DecoderQuestion['type']> {
  readonly head: AnswerOf<T>;
  readonly payload: Uint8Array;
  readonly seat: Seat;
}

/** @returns undefined when the process that held the picture is gone */
export type AskDecoder = <T extends DecoderQuestion['type']>(
  question: Extract<DecoderQuestion, { type: T }>,
  options: AskOptions,
) => Promise<DecoderReply<T> | undefined>;

/**
 * Asks a decoder and believes only answers of the right form. A picture whose decoder died is tried once more, in a
 * process of its own: only a second death is its fault.
 * @returns a function that throws TouchstoneError alone
 */
export function askingDecoder(pool: ProcessPool, logger: Logger): AskDecoder {
  async function askOnce<T extends DecoderQuestion['type']>(
    question: Extract<DecoderQuestion, { type: T }>,
    { lane = 'asked', ...options }: AskOptions,
    dedicated: boolean,
  ): Promise<DecoderReply<T>> {
    const rank = LANES.indexOf(lane);
    const { head, payload, seat } = await pool.ask({ head: question, rank, dedicated, ...options });
    if (isFailed(head)) {
      if (options.keep) seat.letGo();
      throw new TouchstoneError(head.code, head.detail);
    }
    const answer = v.safeParse(ANSWERS[question.type], head);
    if (!answer.success) {
      if (options.keep) seat.letGo();
      throw new WorkerLost('crash', 'an answer of the wrong form');
    }
    return { head: answer.output as AnswerOf<T>, payload, seat };
  }

  return async (question, options) => {
    try {
      return await askOnce(question, options, false);
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error;
      if (error.why === 'gone' && options.seat) return undefined;
      if (error.why === 'cancelled' || error.why === 'closed') throw asTouchstoneError(error);
      logger.warn({ question: question.type, why: error.why, detail: error.message }, 'a decoder was lost');
      // What it held is lost with it; whoever asks opens the picture again.
      if (error.why === 'crash' && options.seat) return undefined;
      if (error.why !== 'crash' && error.why !== 'gone' && error.why !== 'no-start') throw asTouchstoneError(error);
    }
    return askOnce(question, options, true).catch((error: unknown) => {
      throw asTouchstoneError(error);
    });
  };
}

function asTouchstoneError(error: unknown): TouchstoneError {
  if (error instanceof TouchstoneError) return error;
  if (!(error instanceof WorkerLost)) return new TouchstoneError('internal', String(error), { cause: error });
  const codes = {
    crash: 'broken-picture',
    'time-limit': 'decode-limit',
    'memory-limit': 'decode-limit',
    cancelled: 'cancelled',
    closed: 'shutting-down',
    gone: 'internal',
    'no-start': 'internal',
  } as const;
  return new TouchstoneError(codes[error.why], `the decoder ended: ${error.message}`, { cause: error });
}
