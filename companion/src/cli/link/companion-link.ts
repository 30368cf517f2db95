import { Readable } from 'node:stream';
import { CompanionStatus, ErrorReport, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { type ControlFile, readControlFile } from '../../daemon/control-file.ts';
import { dataFolder } from '../../settings/data-folder.ts';

/** Milliseconds a companion on the same machine has for its status; it answers in a few. */
const STATUS_DEADLINE_MS = 3_000;

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Sent as JSON; bytes and streams are sent as they are. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** HTTP API of a running companion, with the control token. */
export interface CompanionLink {
  readonly port: number;
  /** As the companion said when the link was made. */
  readonly status: CompanionStatus;
  /** @throws TouchstoneError with the companion's own code, or `companion-unreachable` */
  call<const Schema extends v.GenericSchema>(
    path: string,
    answer: Schema,
    options?: CallOptions,
  ): Promise<v.InferOutput<Schema>>;
  /** The same, for answers that are streamed. */
  fetch(path: string, options?: CallOptions): Promise<Response>;
}

/** As `fetch` takes it; Node's own type of the same thing differs in name only. */
const webStream = (stream: Readable): ReadableStream => Readable.toWeb(stream) as ReadableStream;

const Failure = v.object({ error: ErrorReport });

/** @returns undefined where no companion runs with this data folder */
export async function findCompanion(): Promise<CompanionLink | undefined> {
  const control = await readControlFile(dataFolder());
  if (!control) return undefined;
  const link = createLink(control);
  try {
    const signal = AbortSignal.timeout(STATUS_DEADLINE_MS);
    const status = await link.call('/api/status', CompanionStatus, { signal });
    return status.pid === control.pid ? { ...link, status } : undefined;
  } catch {
    // A file left behind by a companion that was killed, or another program on its port.
    return undefined;
  }
}

/** @throws TouchstoneError `companion-unreachable` */
export async function needCompanion(): Promise<CompanionLink> {
  const link = await findCompanion();
  if (!link) throw new TouchstoneError('companion-unreachable');
  return link;
}

function createLink({ port, token }: ControlFile): Omit<CompanionLink, 'status'> {
  const request = async (path: string, { method = 'GET', body, signal }: CallOptions = {}): Promise<Response> => {
    const bytes = body instanceof Uint8Array;
    const stream = body instanceof Readable;
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      signal: signal ?? null,
      // The token must go nowhere else.
      redirect: 'error',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined
          ? {}
          : { 'content-type': bytes || stream ? 'application/octet-stream' : 'application/json' }),
      },
      body: body === undefined ? null : bytes ? new Uint8Array(body) : stream ? webStream(body) : JSON.stringify(body),
      ...(stream && { duplex: 'half' }),
    }).catch((cause: unknown) => {
      throw new TouchstoneError(signal?.aborted ? 'cancelled' : 'companion-unreachable', String(cause), { cause });
    });
    if (!response.ok) throw await failureOf(response);
    return response;
  };
  return {
    port,
    fetch: request,
    call: async (path, answer, options) => {
      const response = await request(path, options);
      const value: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
      const parsed = v.safeParse(answer, value);
      if (!parsed.success) throw new TouchstoneError('companion-too-old', `${path}: ${parsed.issues[0].message}`);
      return parsed.output;
    },
  };
}

async function failureOf(response: Response): Promise<TouchstoneError> {
  const text = await response.text().catch(() => '');
  try {
    const value: unknown = JSON.parse(text);
    const wrapped = v.safeParse(Failure, value);
    if (wrapped.success) return new TouchstoneError(wrapped.output.error.code);
    const bare = v.safeParse(ErrorReport, value);
    if (bare.success) return new TouchstoneError(bare.output.code);
  } catch {
    // Not JSON: told by the status below.
  }
  return new TouchstoneError('internal', `${response.status} ${text.slice(0, 200)}`);
}
