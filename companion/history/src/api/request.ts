import { TouchstoneError } from '@touchstone/shared';
import { type ApiRequest, CSRF_HEADER, createClient } from '@touchstone/shared/api';
import { csrfToken } from './session.ts';

/** Told of every request that found no session, so that the page can say how to open a new one. */
export const sessionLost = new EventTarget();

/** What goes up as it is: a file, or a form, whose own type the browser writes. */
export type Upload = Blob | FormData;

/** HTTP status of every refusal of a caller who may not ask. */
const UNAUTHORIZED = 401;

/**
 * One request to the companion, with the session's CSRF token on everything but GET.
 * @throws TouchstoneError `companion-unreachable` when nobody answers
 */
async function request(address: string, { method, headers, body, signal }: ApiRequest<Upload>): Promise<Response> {
  const csrf = method === 'GET' ? null : csrfToken();
  const sent = body instanceof FormData ? {} : headers;
  let answer: Response;
  try {
    answer = await fetch(address, {
      method,
      headers: { ...sent, ...(csrf && { [CSRF_HEADER]: csrf }) },
      body: body ?? null,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new TouchstoneError('companion-unreachable', String(error));
  }
  if (answer.status === UNAUTHORIZED) sessionLost.dispatchEvent(new Event('lost'));
  return answer;
}

/** The companion's HTTP API with the session of this page. */
export const client = createClient<Upload>(request, {
  isUpload: (body) => body instanceof Blob || body instanceof FormData,
  misread: 'bad-message',
});
