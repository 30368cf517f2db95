import type { Readable } from 'node:stream';
import {
  type FileAnswer,
  JSON_LINES_TYPE,
  type JsonAnswer,
  type JsonBody,
  type LinesAnswer,
  type Route,
} from '@touchstone/shared/api';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import type * as v from 'valibot';
import { parseRequest } from './error-replies.ts';

type Read<Schema> = Schema extends v.GenericSchema ? v.InferOutput<Schema> : undefined;
type ReadBody<Body> = Body extends JsonBody<infer Schema> ? v.InferOutput<Schema> : undefined;

/** What a handler is given: all that the route names, held to its schema. */
export interface Asked<Of extends Route> {
  readonly params: Read<Of['params']>;
  readonly query: Read<Of['query']>;
  /** JSON only: of a file the request has the bytes. */
  readonly body: ReadBody<Of['body']>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** What a handler gives back: the answer that the route promises. A file is sent by the handler itself, events over the bare response. */
export type Given<Of extends Route> =
  Of['answer'] extends JsonAnswer<infer Schema>
    ? v.InferInput<Schema>
    : Of['answer'] extends LinesAnswer
      ? Readable
      : Of['answer'] extends FileAnswer
        ? FastifyReply
        : unknown;

export type Handler<Of extends Route> = (asked: Asked<Of>) => Promise<Given<Of>>;

/** What a route may do before its body is read. */
export type EarlyChecks = Pick<RouteShorthandOptions, 'onRequest'>;

/** What a reply has until its handler says otherwise. */
const DEFAULT_STATUS = 200;

/** HTTP status of an answer that has nothing to tell (RFC 9110, 15.3.5). */
const NO_CONTENT = 204;

function read<Schema>(schema: v.GenericSchema | undefined, value: unknown): Read<Schema>;
function read(schema: v.GenericSchema | undefined, value: unknown): unknown {
  return schema && parseRequest(schema, value);
}

function readBody<Body>(body: Route['body'], value: unknown): ReadBody<Body>;
function readBody(body: Route['body'], value: unknown): unknown {
  if (body?.kind !== 'json') return undefined;
  return parseRequest(body.schema, body.optional ? (value ?? {}) : value);
}

export type Handle = <const Of extends Route>(route: Of, handler: Handler<Of>, early?: EarlyChecks) => void;

/** Registers the handlers of an application's routes; method, address, access, limits and schemas are the route's own. */
export function handlerOf(app: FastifyInstance): Handle {
  return <const Of extends Route>(route: Of, handler: Handler<Of>, early: EarlyChecks = {}) => {
    const { method, path, access, body, answer } = route;
    app.route({
      ...early,
      method,
      url: path,
      config: { access },
      ...(body?.maxBytes === undefined ? {} : { bodyLimit: body.maxBytes }),
      async handler(request, reply) {
        const given = await handler({
          params: read<Of['params']>(route.params, request.params),
          query: read<Of['query']>(route.query, request.query),
          body: readBody<Of['body']>(route.body, request.body),
          request,
          reply,
        });
        if (answer.kind === 'json')
          return (reply.statusCode === DEFAULT_STATUS ? reply.code(answer.status) : reply).send(given);
        if (answer.kind === 'nothing') return reply.code(NO_CONTENT).send();
        if (answer.kind === 'lines') return reply.type(JSON_LINES_TYPE).send(given);
        return given;
      },
    });
  };
}
