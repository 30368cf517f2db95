import type { ServerMessage } from '@touchstone/shared';
import {
  type ClientMessage,
  type CompanionStatus,
  KEEP_ALIVE_MS,
  TouchstoneError,
  type Welcome,
} from '@touchstone/shared';
import { alignRecord, alignVerdict } from '@touchstone/shared/present';
import { browser } from 'wxt/browser';
import { type CaptureWindow, createCaptureWindow } from './capture-window.ts';
import type { Channel } from './channel.ts';

type Stage = Extract<ServerMessage, { type: 'progress' }>['stage'];
type Unnumbered<Message> = Message extends { id: number } ? Omit<Message, 'id'> : never;

export interface RequestOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (stage: Stage) => void;
}

/** A companion that has proved itself, until its socket ends. */
export interface Session {
  readonly window: CaptureWindow;
  /**
   * Sends a request and waits for its final answer; aborting sends `cancel`.
   * @throws TouchstoneError of the companion, or why the socket ended
   */
  request(message: Unnumbered<ClientMessage>, options?: RequestOptions): Promise<ServerMessage>;
  /** False from the moment the socket has ended. */
  readonly open: boolean;
  /** Resolves with the reason when the socket has ended. */
  readonly ended: Promise<TouchstoneError>;
  close(): void;
}

interface Waiting {
  resolve(message: ServerMessage): void;
  reject(error: TouchstoneError): void;
  onProgress: ((stage: Stage) => void) | undefined;
}

/** A ping unanswered for this long means that the other side hangs. */
const PONG_WITHIN_MS = 15_000;
/**
 * A capture unanswered for this long means the same: the slowest model on the slowest machine that was measured takes
 * 3 s a picture, times the window. Starting anew frees the window; captures go again.
 */
export const ANSWER_WITHIN_MS = 120_000;

/**
 * What an answer that does not come in time means: that the companion hangs, or that a team's workers have too much to do. Whether the
 * server itself hangs, pings tell.
 */
export type LateMeaning = 'hangs' | 'busy';

/** An older companion's verdicts say what they said in today's words. */
function aligned(message: ServerMessage): ServerMessage {
  if (message.type === 'result') return { ...message, record: alignRecord(message.record) };
  if (message.type !== 'track-update') return message;
  const { record } = message;
  return { ...message, verdict: alignVerdict(message.verdict), ...(record && { record: alignRecord(record) }) };
}

export function createSession(
  channel: Channel,
  welcome: Welcome,
  onStatus: (status: CompanionStatus) => void,
  lateMeans: LateMeaning = 'hangs',
): Session {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let lost: TouchstoneError | undefined;

  const receive = (message: ServerMessage) => {
    if (message.type === 'status') onStatus(message.status);
    if (!('id' in message) || message.id === undefined) return;
    const request = waiting.get(message.id);
    if (!request) return;
    if (message.type === 'progress') {
      request.onProgress?.(message.stage);
      return;
    }
    waiting.delete(message.id);
    if (message.type === 'error') request.reject(TouchstoneError.fromReport(message.error));
    else request.resolve(aligned(message));
  };
  const read = async (): Promise<TouchstoneError> => {
    try {
      for (;;) receive(await channel.receive());
    } catch (error) {
      channel.close();
      lost = error instanceof TouchstoneError ? error : new TouchstoneError('internal', String(error));
      return lost;
    }
  };

  const request: Session['request'] = (message, { signal, onProgress } = {}) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted || lost) {
        reject(lost ?? new TouchstoneError('cancelled'));
        return;
      }
      lastId += 1;
      const id = lastId;
      signal?.addEventListener('abort', () => waiting.has(id) && channel.send({ type: 'cancel', id }), { once: true });
      let isLate = false;
      const late = setTimeout(() => {
        isLate = true;
        if (lateMeans === 'hangs') channel.close();
        // Its place in the window is free once the server says that it has let go.
        else channel.send({ type: 'cancel', id });
      }, ANSWER_WITHIN_MS);
      const refuse = (error: TouchstoneError) =>
        reject(isLate && error.code === 'cancelled' ? new TouchstoneError('busy', 'no answer in time') : error);
      const settled = <Value>(settle: (value: Value) => void) => {
        return (value: Value) => {
          clearTimeout(late);
          settle(value);
        };
      };
      waiting.set(id, { resolve: settled(resolve), reject: settled(refuse), onProgress });
      channel.send({ ...message, id });
    });

  const keepAlive = setInterval(() => {
    // Chrome counts the socket's traffic as life, Firefox counts calls of extension APIs.
    browser.runtime.getPlatformInfo().catch(() => undefined);
    const late = setTimeout(() => channel.close(), PONG_WITHIN_MS);
    request({ type: 'ping' })
      .catch(() => undefined)
      .finally(() => clearTimeout(late));
  }, KEEP_ALIVE_MS);

  const ended = read().then((reason) => {
    clearInterval(keepAlive);
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
    return reason;
  });
  return {
    window: createCaptureWindow(welcome.window, welcome.windowBytes),
    request,
    get open() {
      return lost === undefined;
    },
    ended,
    close: channel.close,
  };
}
