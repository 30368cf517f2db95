import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorCode, errorReport } from '@touchstone/shared';
import { httpStatusOf } from './http-status.ts';
import { STRICTEST_HEADERS } from './security-headers.ts';

/** Body and headers of an answer that no route gives; the connection ends with it. */
export function refusalOf(code: ErrorCode): { readonly body: string; readonly headers: Record<string, string> } {
  const body = JSON.stringify(errorReport(code));
  const headers = {
    ...STRICTEST_HEADERS,
    'content-type': 'application/json; charset=utf-8',
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
  const { body, headers } = refusalOf(code);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  stream.once('finish', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
}
