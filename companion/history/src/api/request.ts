import { CSRF_HEADER, ErrorReport, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { csrfToken } from './session.ts';

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: Blob;
  readonly signal?: AbortSignal | undefined;
}

/** Told of every request that found no session, so that the page can say how to open a new one. */
export const sessionLost = new EventTarget();

/**
 * One request to the companion, with the session's CSRF token on everything but GET.
 * @throws TouchstoneError with the companion's code; `companion-unreachable` when nobody answers
 */
export async function request(path: string, options: RequestOptions = {}): Promise<Response> {
  const { method = 'GET', json, body, signal } = options;
  const headers = new Headers();
  if (json !== undefined) headers.set('content-type', 'application/json');
  if (body) headers.set('content-type', 'application/octet-stream');
  const csrf = csrfToken();
  if (method !== 'GET' && csrf) headers.set(CSRF_HEADER, csrf);
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers,
      body: json === undefined ? (body ?? null) : JSON.stringify(json),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new TouchstoneError('companion-unreachable', String(error));
  }
  if (answer.ok) return answer;
  if (answer.status === 401) sessionLost.dispatchEvent(new Event('lost'));
  throw await errorOf(answer);
}

/** Like `request`, with the answer's JSON held to its schema. @throws TouchstoneError `bad-message` if it differs */
export async function requestJson<const Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
  options?: RequestOptions,
): Promise<v.InferOutput<Schema>> {
  const answer = await request(path, options);
  const parsed = v.safeParse(schema, await answer.json().catch(() => undefined));
  if (!parsed.success) throw new TouchstoneError('bad-message', v.getDotPath(parsed.issues[0]) ?? path);
  return parsed.output;
}

async function errorOf(answer: Response): Promise<TouchstoneError> {
  const parsed = v.safeParse(ErrorReport, await answer.json().catch(() => undefined));
  if (parsed.success) return TouchstoneError.fromReport(parsed.output);
  return new TouchstoneError(answer.status === 401 ? 'unauthorized' : 'internal', `HTTP ${answer.status}`);
}
