import type * as v from 'valibot';
import type { Route } from './route.ts';

type ParamsPart<Asked extends Route> = Asked extends { readonly params: infer Schema extends v.GenericSchema }
  ? { readonly params: v.InferInput<Schema> }
  : unknown;

type QueryPart<Asked extends Route> = Asked extends { readonly query: infer Schema extends v.GenericSchema }
  ? { readonly query?: v.InferInput<Schema> | undefined }
  : unknown;

/** What the address of a route needs. */
export type AddressParts<Asked extends Route> = ParamsPart<Asked> & QueryPart<Asked>;

/** Text of every value that is there. */
const entriesOf = (given: unknown): [string, string][] =>
  Object.entries(given ?? {}).flatMap(([name, value]: [string, unknown]) =>
    value === undefined ? [] : [[name, String(value)]],
  );

/** Writes an address; whatever a parameter holds stays inside its own segment. */
export function writeAddress(path: string, params: unknown, query: unknown): string {
  const given = new Map(entriesOf(params));
  const written = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(given.get(name) ?? ''));
  const asked = String(new URLSearchParams(entriesOf(query)));
  return asked === '' ? written : `${written}?${asked}`;
}

/** Address of a route, for what asks by itself: pictures, event streams, links. */
export function addressOf<const Asked extends Route>(
  route: Asked,
  ...[parts]: Record<never, never> extends AddressParts<Asked>
    ? [parts?: AddressParts<Asked>]
    : [parts: AddressParts<Asked>]
): string {
  const { params, query }: { readonly params?: unknown; readonly query?: unknown } = parts ?? {};
  return writeAddress(route.path, params, query);
}
