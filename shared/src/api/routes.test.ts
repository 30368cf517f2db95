import { describe, expect, it } from 'vitest';
import { errorReport } from '../touchstone-error.ts';
import type { Answer, Route } from './route.ts';
import { errorsOf } from './route-errors.ts';
import { ALL_ROUTES } from './routes.ts';
import { SCHEMAS } from './schemas.ts';
import { TEAM_ROUTES } from './team/routes.ts';
import { TEAM_SCHEMAS } from './team/schemas.ts';

const EVERY_ROUTE = [...ALL_ROUTES, ...TEAM_ROUTES];

const named = new Map<unknown, string>(
  Object.entries({ ...SCHEMAS, ...TEAM_SCHEMAS }).map(([name, schema]) => [schema, name]),
);

function schemasOf({ params, query, body, answer }: Route): readonly unknown[] {
  const given = [params, query, body?.kind === 'json' ? body.schema : undefined];
  return [...given, ...answeredWith(answer)].filter((schema) => schema !== undefined);
}

function answeredWith(answer: Answer): readonly unknown[] {
  if (answer.kind === 'events') return Object.values(answer.events);
  return answer.kind === 'json' || answer.kind === 'lines' ? [answer.schema] : [];
}

const WHO: Readonly<Record<string, string>> = {
  control: 'command line',
  either: 'command line, history page',
  public: 'anybody',
};

const nameOf = (schema: unknown): string => `\`${named.get(schema)}\``;

function inputOf({ query, body }: Route): string {
  const parts = [
    ...(query === undefined ? [] : [`query ${nameOf(query)}`]),
    ...(body?.kind === 'file' ? ['a file'] : []),
    ...(body?.kind === 'json' ? [nameOf(body.schema)] : []),
  ];
  return parts.join(', ');
}

function outputOf(answer: Answer): string {
  if (answer.kind === 'nothing') return '';
  if (answer.kind === 'json') return nameOf(answer.schema);
  if (answer.kind === 'lines') return `lines of ${nameOf(answer.schema)}`;
  if (answer.kind === 'events') return `events ${Object.keys(answer.events).join(', ')}`;
  return answer.types.some((type) => type.startsWith('image/')) ? 'a picture' : answer.types.join(', ');
}

const rowOf = (route: Route, who: string): string =>
  `| \`${route.method} ${route.path}\` | ${route.summary} | ${inputOf(route)} | ${outputOf(route.answer)} | ${who} |`;

function documentOf(routes: readonly Route[], ofTeams: readonly Route[]): string {
  const rows = routes.map((route) => rowOf(route, WHO[route.access] ?? `tokens that may ${route.access}`));
  const teamRows = ofTeams.map((route) => rowOf(route, route.access === 'public' ? 'anybody' : 'who is signed in'));
  const used = new Map(
    [...routes, ...ofTeams].flatMap((route) => errorsOf(route)).map((code) => [code, errorReport(code)]),
  );
  const errors = [...used.values()]
    .toSorted((a, b) => a.code.localeCompare(b.code, 'en'))
    .map(({ code, message, retryable }) => `| \`${code}\` | ${message} | ${retryable ? 'yes' : 'no'} |`);
  return [
    '# The HTTP API',
    '',
    'Written from the [table of routes](../shared/src/api/routes.ts) by its test (`npm run unit -- shared/src/api -u`); the README tells how',
    'to call it. Schemas stand in [shared/src/api](../shared/src/api/schemas.ts) under the names given here.',
    '',
    '| method and path | what it does | takes | answers | who |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    '## On a team’s server',
    '',
    'What `touchstone serve` has beside these ([team.md](team.md)). Which role may call which route stands in',
    '[route-roles.ts](../companion/src/team/serve/route-roles.ts).',
    '',
    '| method and path | what it does | takes | answers | who |',
    '|---|---|---|---|---|',
    ...teamRows,
    '',
    '## Errors',
    '',
    'Each as `ErrorReport`: `code`, `message`, `retryable`, `nextStep`, and `fault` where pictures to teach from are refused: which line, which file.',
    '',
    '| code | what happened | may asking again help |',
    '|---|---|---|',
    ...errors,
    '',
  ].join('\n');
}

describe('the table of routes', () => {
  it('has every address once', () => {
    const addresses = EVERY_ROUTE.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('names every schema of a route, and no other but those of errors', () => {
    const used = new Set([...EVERY_ROUTE.flatMap(schemasOf), SCHEMAS.ErrorReport]);
    expect(new Set(named.keys())).toEqual(used);
  });

  it('says what every parameter of an address may be', () => {
    for (const { path, params } of EVERY_ROUTE) {
      const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
      const entries = params !== undefined && 'entries' in params ? Object.keys(Object(params.entries)) : [];
      expect(entries.toSorted(), path).toEqual(inPath.toSorted());
    }
  });

  it('lets a change say all that can go wrong with it: GET has no body, every other code is an error of the table', () => {
    for (const route of EVERY_ROUTE) {
      if (route.method === 'GET') expect(route.body, route.path).toBeUndefined();
      const codes = errorsOf(route);
      expect(new Set(codes).size).toBe(codes.length);
    }
  });

  it('is what docs/api.md shows', async () => {
    await expect(documentOf(ALL_ROUTES, TEAM_ROUTES)).toMatchFileSnapshot('../../../docs/api.md');
  });
});
