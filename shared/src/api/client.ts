import * as v from 'valibot';
import { ErrorReport } from '../error-report.ts';
import type { ErrorCode } from '../errors.ts';
import { TouchstoneError } from '../touchstone-error.ts';
import { type AddressParts, writeAddress } from './address.ts';
import { readJsonLines } from './json-lines.ts';
import type { JsonAnswer, LinesAnswer, Method, Route } from './route.ts';

/** Characters of an answer without a report that are kept for the log. */
const MAX_DETAIL_LENGTH = 200;

/** HTTP status of every refusal of a caller who may not ask. */
const UNAUTHORIZED = 401;

/** @template Upload what the transport can send as a file */
export interface ApiRequest<Upload> {
  readonly method: Method;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Upload | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Brings a request to the companion, with what lets it in.
 * @throws TouchstoneError `companion-unreachable` when nobody answers
 */
export type Transport<Upload> = (address: string, request: ApiRequest<Upload>) => Promise<Response>;

type BodyPart<Asked extends Route, Upload> = Asked extends { readonly body: { readonly kind: 'file' } }
  ? { readonly body: Upload }
  : Asked extends { readonly body: { readonly schema: infer Schema extends v.GenericSchema; readonly optional: false } }
    ? { readonly body: v.InferInput<Schema> }
    : Asked extends { readonly body: { readonly schema: infer Schema extends v.GenericSchema } }
      ? { readonly body?: v.InferInput<Schema> | undefined }
      : unknown;

export type Question<Asked extends Route, Upload> = AddressParts<Asked> &
  BodyPart<Asked, Upload> & { readonly signal?: AbortSignal | undefined };

/** Nothing has to be said where the route needs nothing. */
export type Questions<Asked extends Route, Upload> =
  Record<never, never> extends Question<Asked, Upload>
    ? [question?: Question<Asked, Upload>]
    : [question: Question<Asked, Upload>];

type JsonRoute = Route & { readonly answer: JsonAnswer };
type LinesRoute = Route & { readonly answer: LinesAnswer };

/** The routes as functions. Each throws a TouchstoneError with the companion's own code. */
export interface ApiClient<Upload> {
  /** @returns the answer, held to its schema */
  call<const Asked extends JsonRoute>(
    route: Asked,
    ...question: Questions<Asked, Upload>
  ): Promise<v.InferOutput<Asked['answer']['schema']>>;
  /** @returns the lines of the answer as they come, each held to its schema */
  lines<const Asked extends LinesRoute>(
    route: Asked,
    ...question: Questions<Asked, Upload>
  ): AsyncGenerator<v.InferOutput<Asked['answer']['schema']>>;
  /** @returns an answer that is bytes, text or nothing, as it comes */
  fetch<const Asked extends Route>(route: Asked, ...question: Questions<Asked, Upload>): Promise<Response>;
}

export interface ClientOptions<Upload> {
  readonly isUpload: (body: unknown) => body is Upload;
  /** Code of an answer that is not what the route says. */
  readonly misread: ErrorCode;
}

interface LooseQuestion {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** A client of the whole API over any transport. */
export function createClient<Upload>(
  transport: Transport<Upload>,
  { isUpload, misread }: ClientOptions<Upload>,
): ApiClient<Upload> {
  const sent = (body: unknown): Pick<ApiRequest<Upload>, 'headers' | 'body'> =>
    isUpload(body)
      ? { headers: { 'content-type': 'application/octet-stream' }, body }
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const ask = async (route: Route, question: LooseQuestion = {}): Promise<Response> => {
    const { params, query, body, signal } = question;
    const answer = await transport(writeAddress(route.path, params, query), {
      method: route.method,
      ...(body === undefined ? { headers: {} } : sent(body)),
      signal,
    });
    if (!answer.ok) throw await errorOf(answer);
    return answer;
  };
  return {
    async call(route, ...[question]) {
      const answer = await ask(route, question);
      const value: unknown = await answer.json().catch(() => undefined);
      const parsed = v.safeParse(route.answer.schema, value);
      if (parsed.success) return parsed.output;
      const [issue] = parsed.issues;
      throw new TouchstoneError(misread, `${route.path}: ${v.getDotPath(issue) ?? ''} ${issue.message}`);
    },
    async *lines(route, ...[question]) {
      const { body } = await ask(route, question);
      yield* readJsonLines(body, route.answer.schema, { misread, signal: question?.signal });
    },
    fetch: (route, ...[question]) => ask(route, question),
  };
}

/** The companion's own report; by its status where something else has answered. */
async function errorOf(answer: Response): Promise<TouchstoneError> {
  const text = await answer.text().catch(() => '');
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), ErrorReport), text);
  if (parsed.success) return TouchstoneError.fromReport(parsed.output);
  const code = answer.status === UNAUTHORIZED ? 'unauthorized' : 'internal';
  return new TouchstoneError(code, `HTTP ${answer.status} ${text.slice(0, MAX_DETAIL_LENGTH)}`);
}
