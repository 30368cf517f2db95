import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { CompanionStatus, ErrorReport, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { askCompanion } from '../../daemon/control-connection.ts';
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

/** HTTP API of a running companion, over its private socket. */
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

/** As `fetch` gives it; Node's own type of the same thing differs in name only. */
const webStream = (stream: Readable): ReadableStream => Readable.toWeb(stream) as ReadableStream;

/** Answers that have no body (Fetch standard, "null body status"). */
const NULL_BODY: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);

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
    // A file left behind by a companion that was killed, or another program in its place.
    return undefined;
  }
}

/** @throws TouchstoneError `companion-unreachable` */
export async function needCompanion(): Promise<CompanionLink> {
  const link = await findCompanion();
  if (!link) throw new TouchstoneError('companion-unreachable');
  return link;
}

/** As whoever reads it expects it: a response of `fetch`. */
function responseOf(answer: IncomingMessage): Response {
  const { statusCode: status = 500, headers } = answer;
  const type = headers['content-type'];
  const body = NULL_BODY.has(status) ? null : webStream(answer);
  if (body === null) answer.resume();
  return new Response(body, { status, ...(type && { headers: { 'content-type': type } }) });
}

function createLink(control: ControlFile): Omit<CompanionLink, 'status'> {
  const { port } = control;
  const request = async (path: string, { method = 'GET', body, signal }: CallOptions = {}): Promise<Response> => {
    const raw = body instanceof Uint8Array || body instanceof Readable;
    const headers: Record<string, string> =
      body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' };
    const text = raw || body === undefined ? body : JSON.stringify(body);
    const response = responseOf(await askCompanion(control, { method, path, headers, body: text, signal }));
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
    if (wrapped.success) return TouchstoneError.fromReport(wrapped.output.error);
    const bare = v.safeParse(ErrorReport, value);
    if (bare.success) return TouchstoneError.fromReport(bare.output);
  } catch {
    // Not JSON: told by the status below.
  }
  return new TouchstoneError('internal', `${response.status} ${text.slice(0, 200)}`);
}
