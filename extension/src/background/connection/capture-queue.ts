import {
  type CaptureSource,
  LANES,
  type Lane,
  type ResultRecord,
  TouchstoneError,
  throwIfCancelled,
} from '@touchstone/shared';
import { type ConnectionPhase, whyNotNow } from './connection-state.ts';
import type { Session } from './session.ts';

export type CaptureStage = 'waiting' | 'queued' | 'decoding' | 'judging';

export interface CaptureRequest {
  readonly lane: Lane;
  readonly source: CaptureSource;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fresh: boolean;
  readonly signal: AbortSignal;
  readonly onStage: (stage: CaptureStage) => void;
}

interface Waiting extends CaptureRequest {
  sent: number;
  /** The machine that was asked; undefined where none had been looked up yet. */
  machine: string | undefined;
  resolve(record: ResultRecord): void;
  reject(error: TouchstoneError): void;
}

/** Captures of each lane kept while the companion is away or its window is full; beyond it the newest is refused. */
const QUEUE_CAPACITY: Readonly<Record<Lane, number>> = { live: 8, asked: 64, bulk: 32 };
/** Encoded bytes kept in all, so that a page of huge pictures cannot fill the background's memory. */
const QUEUE_BYTES = 256 * 1024 * 1024;
/** Times one capture is sent: it may have been on its way when the companion ended. */
const SENDS = 3;
/** Wait before a person's capture goes again to a companion that was busy. */
const BUSY_WAIT_MS = 700;

/** Errors after which the same capture may succeed on the next connection. */
const LOST: ReadonlySet<string> = new Set(['companion-unreachable', 'shutting-down', 'bad-message']);

export interface CaptureQueue {
  /** @throws TouchstoneError of the companion, `busy` when full, `cancelled` */
  submit(capture: CaptureRequest): Promise<ResultRecord>;
  /** Names the machine that judges from now on. What was asked of another one goes to none: it was not meant for this. */
  machine(name: string): void;
  /** A session begins. */
  attach(session: Session): void;
  /** The session ended: what it had not answered waits again. */
  detach(): void;
  /** What is known about the companion: decides who goes on waiting. */
  phase(phase: ConnectionPhase, error: TouchstoneError | undefined): void;
  readonly size: number;
}

/** Captures on their way to the companion: live before asked before bulk, in order, within the window it granted. */
export function createCaptureQueue(changed: () => void): CaptureQueue {
  const lanes: Record<Lane, Waiting[]> = { live: [], asked: [], bulk: [] };
  let session: Session | undefined;
  let known: ConnectionPhase = 'connecting';
  let problem: TouchstoneError | undefined;
  let machine: string | undefined;

  const all = () => LANES.flatMap((lane) => lanes[lane]);
  const remove = (capture: Waiting): boolean => {
    const lane = lanes[capture.lane];
    const index = lane.indexOf(capture);
    if (index >= 0) lane.splice(index, 1);
    return index >= 0;
  };
  const refuse = (capture: Waiting, error: TouchstoneError) => {
    if (remove(capture)) capture.reject(error);
  };
  /** @returns why this capture need not wait any longer, if so */
  const hopeless = ({ lane }: CaptureRequest): TouchstoneError | undefined =>
    whyNotNow({ phase: known, ...(problem && { error: problem }) }, lane);
  const settleForPhase = () => {
    for (const capture of all()) {
      const error = hopeless(capture);
      if (error) refuse(capture, error);
      else if (known === 'not-running') capture.onStage('waiting');
    }
  };

  const send = async (through: Session, capture: Waiting) => {
    capture.sent += 1;
    capture.onStage('queued');
    const { lane, source, bytes, fresh, signal } = capture;
    try {
      const answer = await through.request(
        { type: 'capture', lane, source, bytes, fresh },
        { signal, onProgress: capture.onStage },
      );
      if (answer.type === 'result') capture.resolve(answer.record);
      else capture.reject(new TouchstoneError('bad-message', answer.type));
    } catch (thrown) {
      const error = thrown instanceof TouchstoneError ? thrown : new TouchstoneError('internal', String(thrown));
      const again = capture.sent < SENDS && !signal.aborted;
      // This session is over, though nobody has detached it yet: what goes back must not be sent into it again.
      if (LOST.has(error.code) && session === through) session = undefined;
      if (again && LOST.has(error.code)) putBack(capture);
      else if (again && error.code === 'busy' && lane === 'asked') setTimeout(() => putBack(capture), BUSY_WAIT_MS);
      else capture.reject(error);
    } finally {
      through.window.release(bytes.byteLength);
      pump();
    }
  };
  const putBack = (capture: Waiting) => {
    const error = capture.machine === machine ? hopeless(capture) : new TouchstoneError('cancelled', 'another machine');
    if (error) {
      capture.reject(error);
      return;
    }
    lanes[capture.lane].unshift(capture);
    if (known === 'not-running') capture.onStage('waiting');
    pump();
    changed();
  };
  const pump = () => {
    // A session that ended is taken away a moment later; nothing may be sent through it meanwhile.
    while (session?.open) {
      const next = lanes.live[0] ?? lanes.asked[0] ?? lanes.bulk[0];
      if (!next || !session.window.fits(next.bytes.byteLength)) return;
      remove(next);
      session.window.take(next.bytes.byteLength);
      void send(session, next);
      changed();
    }
  };

  return {
    async submit(capture) {
      throwIfCancelled(capture.signal);
      return new Promise((resolve, reject) => {
        const error = hopeless(capture);
        const held = all().reduce((sum, { bytes }) => sum + bytes.byteLength, capture.bytes.byteLength);
        if (error) reject(error);
        else if (lanes[capture.lane].length >= QUEUE_CAPACITY[capture.lane] || held > QUEUE_BYTES)
          reject(new TouchstoneError('busy', 'queue full'));
        else {
          const waiting: Waiting = { ...capture, sent: 0, machine, resolve, reject };
          lanes[capture.lane].push(waiting);
          capture.signal.addEventListener('abort', () => refuse(waiting, new TouchstoneError('cancelled')), {
            once: true,
          });
          if (known === 'not-running') capture.onStage('waiting');
          pump();
          changed();
        }
      });
    },
    machine(name) {
      if (machine === name) return;
      const before = machine;
      machine = name;
      for (const capture of all())
        if (before === undefined) capture.machine = name;
        else refuse(capture, new TouchstoneError('cancelled', 'another machine'));
      changed();
    },
    attach(next) {
      session = next;
      pump();
    },
    detach() {
      session = undefined;
    },
    phase(phase, error) {
      known = phase;
      problem = error;
      settleForPhase();
    },
    get size() {
      return lanes.live.length + lanes.asked.length + lanes.bulk.length;
    },
  };
}
