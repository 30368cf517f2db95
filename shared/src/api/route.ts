import type * as v from 'valibot';
import type { ErrorCode } from '../errors.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a token may be given the right to do, one by one: none includes another. */
export const SCOPES = ['read', 'check', 'train', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * Who may call a route: the command line, that or the history page, or anybody on this computer. Under a scope: a program whose token
 * has it, or the command line; never a page.
 */
export type Access = 'control' | 'either' | 'public' | Scope;

/** JSON held to a schema. Where it is optional, a request without a body means the empty object. */
export interface JsonBody<Schema extends v.GenericSchema = v.GenericSchema, Optional extends boolean = boolean> {
  readonly kind: 'json';
  readonly schema: Schema;
  readonly optional: Optional;
  /** Undefined: what the server takes of any route. */
  readonly maxBytes?: number;
}

/** A file as it is, of any content type: its bytes say what it is. */
export interface FileBody {
  readonly kind: 'file';
  readonly maxBytes: number;
}

export interface JsonAnswer<Schema extends v.GenericSchema = v.GenericSchema> {
  readonly kind: 'json';
  readonly schema: Schema;
  readonly status: 200 | 202;
}

/** Done; there is nothing to tell. */
export interface NoAnswer {
  readonly kind: 'nothing';
}

/** Bytes, or text that is a file of its own; of one of these media types. */
export interface FileAnswer {
  readonly kind: 'bytes' | 'text';
  readonly types: readonly string[];
}

/** JSON values, one a line, as they come. */
export interface LinesAnswer<Schema extends v.GenericSchema = v.GenericSchema> {
  readonly kind: 'lines';
  readonly schema: Schema;
}

/** Server-sent events until either side ends it: the schema of their JSON data by name. */
export interface EventsAnswer {
  readonly kind: 'events';
  readonly events: Readonly<Record<string, v.GenericSchema>>;
}

export type Answer = JsonAnswer | NoAnswer | FileAnswer | LinesAnswer | EventsAnswer;

/** One route of the HTTP API: all that the server, its clients and its description know about it. */
export interface Route {
  readonly method: Method;
  /** Parameters as `:name`, one a segment. */
  readonly path: `/${string}`;
  readonly access: Access;
  /** What it does, in one sentence. */
  readonly summary: string;
  /** Of the path's parameters; each comes as text. */
  readonly params?: v.GenericSchema;
  /** Of the query; each value comes as text. */
  readonly query?: v.GenericSchema;
  readonly body?: JsonBody | FileBody;
  readonly answer: Answer;
  /** Says that it may also answer 202: accepted, not done yet. */
  readonly accepts?: true;
  /** Codes of its own; `errorsOf` adds those that any route can give. */
  readonly errors: readonly ErrorCode[];
}

export type RouteGroup = Readonly<Record<string, Route>>;

/** @__NO_SIDE_EFFECTS__ */
export function jsonBody<const Schema extends v.GenericSchema>(
  schema: Schema,
  limits: { readonly maxBytes?: number } = {},
): JsonBody<Schema, false> {
  return { kind: 'json', schema, optional: false, ...limits };
}

/** @__NO_SIDE_EFFECTS__ */
export function optionalJsonBody<const Schema extends v.GenericSchema>(schema: Schema): JsonBody<Schema, true> {
  return { kind: 'json', schema, optional: true };
}

/** @__NO_SIDE_EFFECTS__ */
export function json<const Schema extends v.GenericSchema>(
  schema: Schema,
  status: JsonAnswer['status'] = 200,
): JsonAnswer<Schema> {
  return { kind: 'json', schema, status };
}

/** @__NO_SIDE_EFFECTS__ */
export function lines<const Schema extends v.GenericSchema>(schema: Schema): LinesAnswer<Schema> {
  return { kind: 'lines', schema };
}

export const NOTHING: NoAnswer = { kind: 'nothing' };

/** What a kept picture can be; by the bytes it starts with. */
export const PICTURE: FileAnswer = {
  kind: 'bytes',
  types: [
    'image/jpeg',
    'image/png',
    'image/gif',
    'image/webp',
    'image/avif',
    'image/bmp',
    'image/tiff',
    'application/octet-stream',
  ],
};

/** Media type of JSON values, one a line. */
export const JSON_LINES_TYPE = 'application/x-ndjson';
