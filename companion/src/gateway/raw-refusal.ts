import type { Duplex } from 'node:stream';
import { type ErrorCode, errorReport } from '@touchstone/shared';
import { STATUS_CODES } from '../workers/node-http.ts';
import { errorBody } from './error-body.ts';
import { httpStatusOf, retryAfter } from './http-status.ts';
import { STRICTEST_HEADERS } from './security-headers.ts';

/**
 * Body and headers of an answer that no route gives; the connection ends with it.
 * @param target of the request, where it is known
 */
export function refusalOf(
  code: ErrorCode,
  { status = httpStatusOf(code), target }: { readonly status?: number; readonly target?: string | undefined } = {},
): { readonly body: string; readonly headers: Record<string, string> } {
  const { type, body } = errorBody(errorReport(code), status, target);
  const wait = retryAfter(status, code);
  const headers = {
    ...STRICTEST_HEADERS,
    ...(wait === undefined ? {} : { 'retry-after': wait }),
    'content-type': type,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  return { body, headers };
}

/**
 * Refuses on the bare connection, where there is no response object: upgrades, CONNECT, what is not HTTP at all.
 * @param status HTTP status, where it says more than the one that belongs to the code
 */
export function refuseRaw(stream: Duplex, code: ErrorCode, status = httpStatusOf(code)): void {
  if (!stream.writable) {
    stream.destroy();
    return;
  }
  const { body, headers } = refusalOf(code, { status });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  stream.once('finish', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
}
