import { type ErrorCode, ErrorReport, entryOf } from '@touchstone/shared';
import {
  ALL_ROUTES,
  type Answer,
  api,
  errorsOf,
  JSON_LINES_TYPE,
  PROBLEM_TYPE,
  Problem,
  type Route,
  type RouteGroup,
  SCHEMAS,
  SCOPES,
  WebhookEvent,
} from '@touchstone/shared/api';
import { type ConversionConfig, type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { speaksProblems } from '../error-body.ts';
import { httpStatusOf, retryAfter } from '../http-status.ts';

/** Where the shared schemas lie in a document. */
const COMPONENTS = '#/components/schemas/';

/** Of a message to a listener (Standard Webhooks). */
const WEBHOOK_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

const FORM_TYPE = 'multipart/form-data';

/** Named once, referred to everywhere. */
const COMPONENT_SCHEMAS = { ...SCHEMAS, Problem };

type Mode = 'input' | 'output';

const isScope = (access: Route['access']): boolean => SCOPES.some((scope) => scope === access);

/** What programs may call: everything that a token opens, and what is open to all beside it. */
export const DESCRIBED_ROUTES: readonly Route[] = ALL_ROUTES.filter(
  ({ access, path }) => isScope(access) || (access === 'public' && !path.startsWith('/api/')),
);

const configOf = (typeMode: Mode): ConversionConfig => ({
  target: 'draft-2020-12',
  typeMode,
  // What a schema checks beyond JSON Schema is checked by the companion all the same.
  errorMode: 'ignore',
  definitions: COMPONENT_SCHEMAS,
  overrideRef: ({ referenceId }) => `${COMPONENTS}${referenceId}`,
});

/** A schema without the definitions that the document has in one place. */
function schemaOf(schema: v.GenericSchema, mode: Mode): JsonSchema {
  const { $schema: _, $defs: __, ...rest } = toJsonSchema(schema, configOf(mode));
  return rest;
}

function definitionsOf(schema: v.GenericSchema, mode: Mode): NonNullable<JsonSchema['$defs']> {
  return toJsonSchema(schema, configOf(mode)).$defs ?? {};
}

function parametersOf(schema: v.GenericSchema | undefined, place: 'path' | 'query') {
  if (schema === undefined) return [];
  const inline = toJsonSchema(schema, { target: 'draft-2020-12', typeMode: 'input', errorMode: 'ignore' });
  const required = inline.required ?? [];
  return Object.entries(inline.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

const BINARY = { type: 'string', format: 'binary' } as const;

function bodyOf({ body }: Route) {
  if (body === undefined) return {};
  if (body.kind === 'json') {
    const content = { 'application/json': { schema: schemaOf(body.schema, 'input') } };
    return { requestBody: { required: !body.optional, content } };
  }
  const files = { type: 'object', properties: { file: { type: 'array', items: BINARY } }, required: ['file'] };
  const content = { 'application/octet-stream': { schema: BINARY }, [FORM_TYPE]: { schema: files } };
  return { requestBody: { required: true, content } };
}

function contentOf(answer: Answer): Readonly<Record<string, { readonly schema: JsonSchema }>> | undefined {
  if (answer.kind === 'nothing') return undefined;
  if (answer.kind === 'json') return { 'application/json': { schema: schemaOf(answer.schema, 'output') } };
  if (answer.kind === 'lines') return { [JSON_LINES_TYPE]: { schema: schemaOf(answer.schema, 'output') } };
  if (answer.kind === 'events') return { 'text/event-stream': { schema: { type: 'string' } } };
  return Object.fromEntries(answer.types.map((type) => [type, { schema: { type: 'string' } }]));
}

const statusesOf = ({ answer, accepts }: Route): readonly number[] => {
  if (answer.kind === 'nothing') return [204];
  const status = answer.kind === 'json' ? answer.status : 200;
  return accepts ? [status, 202] : [status];
};

function failuresOf(route: Route) {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorsOf(route)) {
    const status = httpStatusOf(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const failure = speaksProblems(route.path)
    ? { [PROBLEM_TYPE]: { schema: { $ref: `${COMPONENTS}Problem` } } }
    : { 'application/json': { schema: { $ref: `${COMPONENTS}ErrorReport` } } };
  return [...byStatus].map(([status, codes]) => [
    String(status),
    {
      description: codes.join(', '),
      ...(retryAfter(status) === undefined
        ? {}
        : { headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } } }),
      content: failure,
    },
  ]);
}

function responsesOf(route: Route) {
  const content = contentOf(route.answer);
  const good = statusesOf(route).map((status) => [
    String(status),
    { description: status === 202 ? 'Accepted; it is not done yet.' : 'Done.', ...(content ? { content } : {}) },
  ]);
  return Object.fromEntries([...good, ...failuresOf(route)]);
}

/** Names of the routes by the route itself: `v1Records.list` becomes `recordsList`. */
const NAMES: ReadonlyMap<Route, string> = new Map(
  Object.entries<RouteGroup>(api).flatMap(([group, routes]) =>
    Object.entries(routes).map(([name, route]) => {
      const thing = group.replace(/^v1/, '');
      const [first = '', ...rest] = thing;
      return [route, `${first.toLowerCase()}${rest.join('')}${name.charAt(0).toUpperCase()}${name.slice(1)}`] as const;
    }),
  ),
);

function operationOf(route: Route) {
  const { access, summary, params, query } = route;
  return {
    operationId: NAMES.get(route),
    summary,
    security: isScope(access) ? [{ token: [access] }] : [],
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query')],
    ...bodyOf(route),
    responses: responsesOf(route),
  };
}

function componentsOf(routes: readonly Route[]): NonNullable<JsonSchema['$defs']> {
  const answers = routes.flatMap(({ answer }) =>
    answer.kind === 'json' || answer.kind === 'lines' ? [definitionsOf(answer.schema, 'output')] : [],
  );
  const bodies = routes.flatMap(({ body }) => (body?.kind === 'json' ? [definitionsOf(body.schema, 'input')] : []));
  return Object.assign(
    { Problem: schemaOf(Problem, 'output'), ErrorReport: schemaOf(ErrorReport, 'output') },
    ...answers,
    ...bodies,
  );
}

/** The description of the API for programs, OpenAPI 3.1, from the one table of routes. */
export function openApiDocument(version: string) {
  const paths: Record<string, Record<string, ReturnType<typeof operationOf>>> = {};
  for (const route of DESCRIBED_ROUTES) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...entryOf(paths, path), [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Touchstone',
      version,
      summary: 'Whether pictures and videos come from a camera or from a generator, on your own computer.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'http://127.0.0.1:47615', description: 'Prefer the private socket that control.json names.' }],
    paths,
    webhooks: {
      checkEnded: {
        post: {
          operationId: 'checkEnded',
          summary: 'The end of a check, sent to the listeners of its token, signed after Standard Webhooks.',
          parameters: WEBHOOK_HEADERS.map((name) => ({
            name,
            in: 'header',
            required: true,
            schema: { type: 'string' },
          })),
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(WebhookEvent, 'output') } },
          },
          responses: {
            '2XX': { description: 'Taken. Whatever else is answered, it is sent again under the same id.' },
            '410': { description: 'Nobody listens here any more: it is given up.' },
          },
        },
      },
    },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Made by "npm run touchstone tokens create".' },
      },
      schemas: componentsOf(DESCRIBED_ROUTES),
    },
  };
}
