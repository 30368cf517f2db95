import { request } from '../workers/node-http.ts';
import type { LocalTarget } from './local-target.ts';

/** How long a listener may take to answer, in milliseconds. */
const ANSWER_MS = 10_000;

/** Longest headers of an answer, in bytes. */
const MAX_HEADER_BYTES = 16 * 1024;

/** What came back: a status, or in English why nothing did. */
export type Answer = { readonly status: number } | { readonly failure: string };

/**
 * Posts a message to an address of this computer. Nothing of the answer but its status is looked at, and no redirect followed.
 * @param signal ends it
 */
export async function sendMessage(
  { address, port, path, host }: LocalTarget,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  answerMs: number = ANSWER_MS,
): Promise<Answer> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
  return new Promise((resolve) => {
    const outgoing = request(
      {
        host: address,
        port,
        path,
        method: 'POST',
        agent: false,
        signal: over,
        maxHeaderSize: MAX_HEADER_BYTES,
        headers: { host, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
      },
      (answer) => {
        resolve({ status: answer.statusCode ?? 0 });
        // However much would come.
        answer.destroy();
      },
    );
    outgoing.on('error', (error) => {
      const late = over.aborted && !signal.aborted;
      resolve({ failure: late ? `no answer within ${answerMs / 1000} s` : error.message });
    });
    outgoing.end(body);
  });
}
