import {
  ClientMessage,
  COMPANION_PROTOCOL,
  type CompanionStatus,
  decodeMessage,
  type ErrorCode,
  encodeMessage,
  errorReport,
  FirstMessage,
  newNonce,
  pairingKey,
  prove,
  type Transcript,
  verifyProof,
} from '@touchstone/shared';
import { sampleRecord } from '../../overlay/card/sample-record.ts';
import { audienceOf } from './hello.ts';

/** A companion for tests, on the other end of a socket that is none: real messages, real proofs. */

export const statusForTests: CompanionStatus = {
  version: '0.1.0',
  protocol: 2,
  pid: 1,
  port: 47615,
  startedAt: 0,
  provider: 'cpu',
  providerReason: 'test',
  packs: [],
  recordingPaused: false,
  records: 0,
  queued: { live: 0, asked: 0, bulk: 0 },
  workerRestarts: 0,
};

/** The socket as the extension sees it. */
export class FakeSocket extends EventTarget {
  binaryType = '';
  readonly sent: Uint8Array<ArrayBuffer>[] = [];
  closed = false;
  onSent: (bytes: Uint8Array<ArrayBuffer>) => void = () => undefined;

  open(): void {
    this.dispatchEvent(new Event('open'));
  }

  send(bytes: Uint8Array<ArrayBuffer>): void {
    this.sent.push(bytes);
    this.onSent(bytes);
  }

  deliver(message: object): void {
    this.dispatchEvent(new MessageEvent('message', { data: encodeMessage(message).slice().buffer }));
  }

  close(code = 1000): void {
    if (this.closed) return;
    this.closed = true;
    queueMicrotask(() => this.dispatchEvent(Object.assign(new Event('close'), { code })));
  }
}

export interface FakeCompanionOptions {
  readonly secret: Uint8Array;
  readonly port: number;
  readonly protocol?: { readonly min: number; readonly max: number };
  readonly code?: string;
  /** Knows the secret and refuses all the same. */
  readonly refusal?: ErrorCode;
  readonly window?: number;
  /** Answers messages about tracks. */
  readonly tracks?: boolean;
  /** Called with every socket once both sides have proved themselves. */
  readonly welcomed?: (socket: FakeSocket) => void;
}

/** Answers what is sent about tracks: every frame is a moment, every track ends with a record. */
function trackAnswers(socket: FakeSocket): (bytes: Uint8Array<ArrayBuffer>) => void {
  const frames = new Map<string, number>();
  const { verdict } = sampleRecord();
  return (bytes) => {
    const message = decodeMessage(ClientMessage, bytes);
    if (message.type !== 'track-open' && message.type !== 'track-frame' && message.type !== 'track-close') return;
    const { id, track } = message;
    const framesAnalyzed = (frames.get(track) ?? 0) + (message.type === 'track-frame' ? 1 : 0);
    frames.set(track, framesAnalyzed);
    const moment = message.type === 'track-frame' && {
      time: message.mediaTime,
      probability: verdict.probability,
      low: 0,
      high: 1,
      shot: 0,
      faces: [],
    };
    socket.deliver({
      type: 'track-update',
      id,
      track,
      verdict,
      framesAnalyzed,
      shots: [],
      faceTracks: [],
      wantedRate: 2,
      ...(moment && { moment }),
      ...(message.type === 'track-close' && { record: sampleRecord() }),
    });
  };
}

/** Answers the first message on a socket as the real companion does. */
export function serveFake(socket: FakeSocket, options: FakeCompanionOptions): void {
  const { port, secret, protocol = COMPANION_PROTOCOL, code, window = 2 } = options;
  const serverNonce = newNonce();
  const greet = async (bytes: Uint8Array) => {
    const first = decodeMessage(FirstMessage, bytes);
    const { clientNonce } = first;
    const versions = { client: first.protocol, server: protocol };
    const common = { purpose: first.type, audience: audienceOf(port), clientNonce, serverNonce, versions } as const;
    if (first.type === 'pair' && code) {
      const [key, browserId] = [await pairingKey(code), 'browser-made-by-test'];
      const right = await verifyProof(key, 'client', { ...common, browserId: '' }, first.proof);
      if (right)
        socket.deliver({ type: 'paired', browserId, proof: await prove(key, 'server', { ...common, browserId }) });
      return;
    }
    if (first.type !== 'hello') return;
    const transcript: Transcript = { ...common, browserId: first.browserId };
    if (options.refusal) {
      const proof = await prove(secret, 'server', { ...transcript, refusal: options.refusal });
      socket.deliver({ type: 'refused', error: errorReport(options.refusal), proof });
      return;
    }
    const proof = await prove(secret, 'server', transcript);
    socket.onSent = options.tracks ? trackAnswers(socket) : () => undefined;
    socket.deliver({
      type: 'welcome',
      protocol: 2,
      proof,
      window,
      windowBytes: 1e6,
      status: { ...statusForTests, port },
    });
    options.welcomed?.(socket);
  };
  socket.onSent = (bytes) => void greet(bytes);
  queueMicrotask(() => {
    socket.open();
    socket.deliver({ type: 'challenge', protocol, version: '0.1.0', serverNonce });
  });
}
