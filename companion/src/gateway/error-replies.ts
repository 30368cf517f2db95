import { type ErrorCode, errorReport, isDiskFull, TouchstoneError } from '@touchstone/shared';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { refuseUnknownAddress } from './access.ts';
import { limitLeftover } from './body-throughput.ts';
import type { GatewayContext } from './context.ts';
import { errorBody } from './error-body.ts';
import { httpStatusOf, retryAfter } from './http-status.ts';
import { STRICTEST_HEADERS } from './security-headers.ts';

/** Reads a body or a query. @throws TouchstoneError `bad-request` */
export function parseRequest<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new TouchstoneError('bad-request', `${v.getDotPath(issue) ?? 'request'}: ${issue.message}`);
}

/** HTTP status of every refusal of a caller who may not ask. */
const UNAUTHORIZED = 401;

/** Fastify's own errors (unreadable JSON, too large...) carry a status; ours are told by code. */
function codeOfStatus(status: number): ErrorCode {
  if (status === 413) return 'too-large';
  return status >= 400 && status < 500 ? 'bad-request' : 'internal';
}

function asTouchstoneError(error: unknown): { error: TouchstoneError; status: number } {
  if (error instanceof TouchstoneError) return { error, status: httpStatusOf(error.code) };
  if (isDiskFull(error)) {
    const full = new TouchstoneError('disk-full', String(error), { cause: error });
    return { error: full, status: httpStatusOf(full.code) };
  }
  const given = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  const code = codeOfStatus(given);
  return {
    error: new TouchstoneError(code, String(error), { cause: error }),
    status: code === 'internal' ? 500 : given,
  };
}

/** Whoever asked went away before a streamed answer ended, as a person does who cancels: nothing went wrong here. */
const hasLeft = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

/** Every error of the API leaves as an ErrorReport with the status that belongs to it. */
export function addErrorReplies(app: FastifyInstance, context: GatewayContext): void {
  const { logger, meters } = context;
  app.setErrorHandler((thrown, request, reply) => {
    const { error, status } = asTouchstoneError(thrown);
    meters.failed(error.code, 'http');
    if (status >= 500 && !hasLeft(thrown))
      logger.error({ err: thrown, route: request.routeOptions.url }, 'request failed');
    // A stranger's connection ends at once. A caller who may be here gets to read the answer while still sending.
    if (status === UNAUTHORIZED) reply.header('connection', 'close');
    else if (!request.raw.complete) {
      // Also where the caller asked for the end: hanging up on bytes that are on their way would lose the answer.
      reply.raw.shouldKeepAlive = true;
      limitLeftover(request.raw);
    }
    const wait = retryAfter(status, error.code);
    if (wait !== undefined && !reply.hasHeader('retry-after')) reply.header('retry-after', wait);
    const detail = error.fault?.text ?? (error.code === 'bad-request' ? error.detail : undefined);
    const { type, body } = errorBody(error.toReport(), status, request.url, detail);
    return reply.headers(STRICTEST_HEADERS).code(status).type(type).send(body);
  });
  // Also where a route answers by itself: a page that is not built yet.
  app.addHook('onSend', async (_request, reply) => {
    const wait = retryAfter(reply.statusCode);
    if (wait !== undefined && !reply.hasHeader('retry-after')) reply.header('retry-after', wait);
  });
  app.setNotFoundHandler((request) => refuseUnknownAddress(request, context));
}

/** Answers an address that cannot be decoded: no route was looked for, so nobody's right to one was either. */
export function replyToMalformed(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const status = httpStatusOf('bad-request');
  const { type, body } = errorBody(errorReport('bad-request'), status, request.url);
  void reply.header('connection', 'close').code(status).type(type).send(body);
}
