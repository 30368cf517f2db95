import {
  type CompanionStatus,
  decodeMessage,
  encodeMessage,
  FirstMessage,
  newNonce,
  PROTOCOL,
  pairingKey,
  prove,
  type Transcript,
  verifyProof,
} from '@touchstone/shared';
import { audienceOf } from './hello.ts';

/** A companion for tests, on the other end of a socket that is none: real messages, real proofs. */

export const statusForTests: CompanionStatus = {
  version: '0.1.0',
  protocol: 1,
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
  readonly window?: number;
  /** Called with every socket once both sides have proved themselves. */
  readonly welcomed?: (socket: FakeSocket) => void;
}

/** Answers the first message on a socket as the real companion does. */
export function serveFake(socket: FakeSocket, options: FakeCompanionOptions): void {
  const { port, secret, protocol = PROTOCOL, code, window = 2 } = options;
  const serverNonce = newNonce();
  const greet = async (bytes: Uint8Array) => {
    const first = decodeMessage(FirstMessage, bytes);
    const { clientNonce } = first;
    const common = { purpose: first.type, audience: audienceOf(port), clientNonce, serverNonce } as const;
    if (first.type === 'pair' && code) {
      const [key, browserId] = [await pairingKey(code), 'browser-made-by-test'];
      const right = await verifyProof(key, 'client', { ...common, browserId: '' }, first.proof);
      if (right)
        socket.deliver({ type: 'paired', browserId, proof: await prove(key, 'server', { ...common, browserId }) });
      return;
    }
    if (first.type !== 'hello') return;
    const transcript: Transcript = { ...common, browserId: first.browserId };
    const proof = await prove(secret, 'server', transcript);
    socket.onSent = () => undefined;
    socket.deliver({
      type: 'welcome',
      protocol: 1,
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
