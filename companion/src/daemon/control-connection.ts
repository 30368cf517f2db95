import type { IncomingMessage, RequestOptions } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { newNonce, TouchstoneError, throwIfCancelled, verifyProof } from '@touchstone/shared';
import * as v from 'valibot';
import { controlTranscript, NONCE_HEADER, nonceOf, nonceText, PROOF_PATH, proofKey } from '../gateway/control-proof.ts';
import { Agent, request } from '../workers/node-http.ts';
import type { ControlFile } from './control-file.ts';
import { isPrivateSocket } from './control-socket.ts';

/** Time for the proof, in milliseconds: a companion answers in a few, one on a crowded computer in many seconds. */
const PROOF_DEADLINE_MS = 30_000;

/** Longest answer to the question for a proof, in bytes. */
const MAX_PROOF_BYTES = 1_024;

const ProofAnswer = v.object({ nonce: v.string(), proof: v.string() });

export interface ControlRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | Readable | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Gives its one connection to every request and never makes another: what was proven is what is used. */
class OneConnection extends Agent {
  readonly #socket: Socket;
  #given = false;

  constructor(socket: Socket) {
    super({ keepAlive: true, maxSockets: 1 });
    this.#socket = socket;
  }

  override createConnection(): Socket {
    if (this.#given) throw new TouchstoneError('companion-unreachable', 'the connection ended');
    this.#given = true;
    return this.#socket;
  }
}

function connected(path: string, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path, signal });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

function send(options: RequestOptions, body?: ControlRequest['body']): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ ...options, setHost: false });
    outgoing.once('response', resolve);
    // After the answer has begun, whoever reads it is told.
    outgoing.on('error', reject);
    if (body instanceof Readable) pipeline(body, outgoing).catch(reject);
    else outgoing.end(body);
  });
}

async function bounded(stream: IncomingMessage): Promise<unknown> {
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > MAX_PROOF_BYTES) stream.destroy(new Error('the proof has no end'));
  });
  return JSON.parse((await buffer(stream)).toString());
}

/** @throws TouchstoneError `companion-not-genuine` unless the other end holds the token */
async function requireProof(
  agent: InstanceType<typeof Agent>,
  { socket: path, token }: ControlFile,
  signal: AbortSignal,
): Promise<void> {
  const clientNonce = newNonce();
  const headers = { host: 'localhost', [NONCE_HEADER]: nonceText(clientNonce) };
  const answer = await bounded(await send({ agent, path: PROOF_PATH, headers, signal })).catch(() => undefined);
  const parsed = v.safeParse(ProofAnswer, answer);
  const serverNonce = parsed.success ? nonceOf(parsed.output.nonce) : undefined;
  const proof = parsed.success ? nonceOf(parsed.output.proof) : undefined;
  const transcript = serverNonce && controlTranscript(path, clientNonce, serverNonce);
  if (transcript && proof && (await verifyProof(proofKey(token), 'server', transcript, proof))) return;
  throw new TouchstoneError('companion-not-genuine', path);
}

/**
 * Sends one request to the running companion over its private socket. Nothing but a nonce is sent before the socket is
 * known to lie in a folder of this user alone and the other end has proven that it holds the token of the control file.
 * @returns its answer, streamed; the caller reads or destroys it
 * @throws TouchstoneError `companion-not-genuine`, `companion-unreachable` or `cancelled`
 */
export async function askCompanion(control: ControlFile, asked: ControlRequest): Promise<IncomingMessage> {
  const { method, path, body, signal } = asked;
  try {
    if (!isPrivateSocket(control.socket)) throw new TouchstoneError('companion-not-genuine', control.socket);
    const deadline = AbortSignal.timeout(PROOF_DEADLINE_MS);
    const proving = signal ? AbortSignal.any([signal, deadline]) : deadline;
    const socket = await connected(control.socket, proving);
    try {
      const agent = new OneConnection(socket);
      await requireProof(agent, control, proving);
      const headers = {
        ...asked.headers,
        host: 'localhost',
        authorization: `Bearer ${control.token}`,
        connection: 'close',
      };
      return await send({ agent, method, path, headers, ...(signal && { signal }) }, body);
    } catch (error) {
      socket.destroy();
      throw error;
    }
  } catch (cause) {
    if (body instanceof Readable) body.destroy();
    throwIfCancelled(signal, cause);
    if (cause instanceof TouchstoneError) throw cause;
    throw new TouchstoneError('companion-unreachable', String(cause), { cause });
  }
}
