import { type Evidence, Provenance, TouchstoneError, throwIfCancelled } from '@touchstone/shared';
import type { Logger } from 'pino';
import * as v from 'valibot';
import { type ByteSource, sourceOfBytes } from '../../containers/byte-source.ts';
import type { PictureDecoder } from '../../decode/picture-decoder.ts';
import { WorkerLost } from '../../workers/worker-lost.ts';
import { openFile } from './file-blob.ts';
import { type FoundCredentials, findCredentials } from './find-credentials.ts';
import { CANCELLED_GRACE_MS, MAX_FILE_BYTES, PICTURE_TIME_LIMIT_MS, TIME_PER_MEGABYTE_MS } from './limits.ts';
import { provenanceEvidence } from './provenance-evidence.ts';
import { createReaderThread } from './reader-thread.ts';
import { withThumbnails } from './thumbnails.ts';
import { type ListRole, loadTrustList, type TrustList } from './trust-lists.ts';
import type { ReadReply } from './worker-protocol.ts';

export interface ProvenanceFindings {
  readonly provenance: Provenance;
  readonly evidence: readonly Evidence[];
  /** State and status codes as c2pa-rs words them; absent when it could not read the file. */
  readonly raw?: { readonly state: string; readonly codes: readonly string[] };
}

/** Content Credentials of files, validated on this machine: no network, in a thread of its own. */
export interface ProvenanceReader {
  /**
   * @param input encoded picture, or the path of a file of up to 2 GiB, which is read piece by piece
   * @returns undefined, in under a millisecond, for a file without Content Credentials
   * @throws TouchstoneError `file-unreadable` for a path that cannot be opened, `cancelled`, `shutting-down`;
   *   never for what is in the file
   */
  read(input: Uint8Array | string, signal?: AbortSignal): Promise<ProvenanceFindings | undefined>;
  /** How often the thread was lost over a file. */
  restarts(): number;
  close(): Promise<void>;
}

export interface ProvenanceReaderOptions {
  readonly logger: Pick<Logger, 'error' | 'warn'>;
  /** Of thumbnails. */
  readonly decoder: Pick<PictureDecoder, 'thumbnail'>;
  /** Folder with the user's own trust lists; absent: only the bundled ones. */
  readonly trustFolder?: string;
  /** For one picture, in milliseconds; the default is what the product uses. */
  readonly timeLimitMs?: number;
  /** Script of the thread, for tests of its loss. */
  readonly script?: URL;
}

const NOTHING_KNOWN: Provenance = {
  state: 'unreadable',
  origin: null,
  signer: null,
  issuer: null,
  claimGenerator: null,
  signedAt: null,
  actions: [],
  ingredients: [],
  failures: [],
  trustList: null,
  remoteManifest: false,
};

/** Reads the trust lists at once; the thread starts with the first file that has Content Credentials. */
export function createProvenanceReader(options: ProvenanceReaderOptions): ProvenanceReader {
  const { logger, decoder, trustFolder, script, timeLimitMs = PICTURE_TIME_LIMIT_MS } = options;
  let restarts = 0;
  const ready = open();
  // Whoever reads first gets the reason.
  ready.catch(() => undefined);

  async function list(role: ListRole): Promise<TrustList | undefined> {
    try {
      return await loadTrustList(role, trustFolder);
    } catch (error) {
      if (!(error instanceof TouchstoneError)) throw error;
      // Nobody on it is trusted; falling back to another list would trust those whom the user took out.
      logger.error({ path: error.detail }, error.message);
      return undefined;
    }
  }

  async function open() {
    const [signers, timeStamps, interim] = [await list('signers'), await list('timeStamps'), await list('interim')];
    const sources = [signers, interim].filter((one) => one !== undefined);
    const materials = sources.map((one) => ({ signers: pem(one), timeStamps: pem(timeStamps) }));
    const nobody = [{ signers: '', timeStamps: pem(timeStamps) }];
    return { sources, thread: createReaderThread(materials.length > 0 ? materials : nobody, script) };
  }

  async function ask(format: string, input: Uint8Array | string, size: number, signal?: AbortSignal) {
    const { thread } = await ready;
    const limit = timeLimitMs + (typeof input === 'string' ? (size / 2 ** 20) * TIME_PER_MEGABYTE_MS : 0);
    const turn = thread.ask(() => {
      throwIfCancelled(signal);
      // A copy of its own goes to the thread: the bytes may be a small part of a large buffer.
      const question = { format, input: typeof input === 'string' ? input : new Uint8Array(input) };
      const transfer = typeof question.input === 'string' ? [] : [question.input.buffer as ArrayBuffer];
      return { question, transfer, limitMs: limit, signal, graceMs: CANCELLED_GRACE_MS };
    });
    // Whoever cancelled waits neither for the files before nor for the thread.
    return untilAborted(turn, signal);
  }

  async function findingsOf(reply: ReadReply): Promise<ProvenanceFindings | undefined> {
    if (reply.type === 'nothing') return undefined;
    if (reply.type === 'remote') return { provenance: { ...NOTHING_KNOWN, remoteManifest: true }, evidence: [] };
    if (reply.type === 'failed') {
      logger.warn({ reason: reply.reason }, 'Content Credentials cannot be read');
      return { provenance: NOTHING_KNOWN, evidence: [] };
    }
    const { sources } = await ready;
    const { state, ingredients } = reply.provenance;
    const list = state === 'trusted' ? sources[reply.material] : undefined;
    const provenance = v.parse(Provenance, {
      ...reply.provenance,
      ingredients: await withThumbnails(ingredients, reply.thumbnails, decoder),
      trustList: list ? { name: list.name, date: list.date, interim: list.role === 'interim' } : null,
    });
    return { provenance, evidence: provenanceEvidence(provenance, reply.unknownOriginSigner), raw: reply.raw };
  }

  return {
    async read(input, signal) {
      const found = lookInto(input);
      if (!found) return undefined;
      if (found.remote) return { provenance: { ...NOTHING_KNOWN, remoteManifest: true }, evidence: [] };
      if (found.size > MAX_FILE_BYTES) return unreadable('reader.tooLarge');
      try {
        return await findingsOf(await ask(found.format, input, found.size, signal));
      } catch (error) {
        if (error instanceof TouchstoneError) throw error;
        if (error instanceof WorkerLost && error.why === 'closed') throw new TouchstoneError('shutting-down');
        if (error instanceof WorkerLost && error.why === 'cancelled') throw new TouchstoneError('cancelled');
        restarts++;
        logger.warn({ error: String(error) }, 'Content Credentials cannot be read');
        return unreadable(
          error instanceof WorkerLost && error.why === 'time-limit' ? 'reader.timeLimit' : 'reader.crash',
        );
      }
    },
    restarts: () => restarts,
    async close() {
      await ready.then(({ thread }) => thread.close()).catch(() => undefined);
    },
  };
}

function pem(list: TrustList | undefined): string {
  return (list?.certificates ?? []).join('\n');
}

/** @throws TouchstoneError `cancelled` as soon as the signal says so, whatever becomes of the work */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(new TouchstoneError('cancelled'));
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function unreadable(why: string): ProvenanceFindings {
  return { provenance: { ...NOTHING_KNOWN, failures: [why] }, evidence: [] };
}

/** @returns undefined when there is nothing to read: another container, or one without Content Credentials */
function lookInto(input: Uint8Array | string): (FoundCredentials & { size: number }) | undefined {
  const look = (source: ByteSource) => {
    const found = findCredentials(source);
    return found && (found.embedded || found.remote) ? { ...found, size: source.size } : undefined;
  };
  if (typeof input !== 'string') return look(sourceOfBytes(input));
  try {
    const file = openFile(input);
    try {
      return look(file);
    } finally {
      file.close();
    }
  } catch (cause) {
    throw new TouchstoneError('file-unreadable', input, { cause });
  }
}
