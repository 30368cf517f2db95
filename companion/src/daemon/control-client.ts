import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { type ApiClient, createClient } from '@touchstone/shared/api';
import { askCompanion } from './control-connection.ts';
import type { ControlFile } from './control-file.ts';

/** What is sent as a file: bytes at hand, or a stream of them. */
export type ControlUpload = Uint8Array | Readable;

/** Answers that have no body (Fetch standard, "null body status"). */
const NULL_BODY: ReadonlySet<number> = new Set([101, 103, 204, 205, 304]);

/** As `fetch` gives it; Node's own type of the same thing differs in name only. */
const webStream = (stream: Readable): ReadableStream => Readable.toWeb(stream) as ReadableStream;

/** As whoever reads it expects it: a response of `fetch`. */
function responseOf(answer: IncomingMessage): Response {
  const { statusCode: status = 500, headers } = answer;
  const type = headers['content-type'];
  const body = NULL_BODY.has(status) ? null : webStream(answer);
  if (body === null) answer.resume();
  return new Response(body, { status, ...(type && { headers: { 'content-type': type } }) });
}

const isUpload = (body: unknown): body is ControlUpload => body instanceof Uint8Array || body instanceof Readable;

/** The HTTP API of the companion that wrote a control file, over its private socket. */
export function createControlClient(control: ControlFile): ApiClient<ControlUpload> {
  return createClient<ControlUpload>(
    async (path, { method, headers, body, signal }) =>
      responseOf(await askCompanion(control, { method, path, headers, body, signal })),
    // Of two parts of one computer, the one that has run on is the older one.
    { isUpload, misread: 'companion-too-old' },
  );
}
