import { readFile } from 'node:fs/promises';

/** One request as the browser's network service made it, whether for a page, a worker or an extension. */
export interface LoggedRequest {
  readonly url: string;
  /** Origin that asked for it; "not an origin" where the browser itself did. */
  readonly initiator: string;
}

interface NetLog {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
  readonly events: readonly {
    readonly type: number;
    readonly params?: { readonly url?: string; readonly initiator?: string };
  }[];
}

/** Every request of a closed browser, WebSockets and redirects included, from Chromium's NetLog. */
export async function loggedRequests(file: string): Promise<LoggedRequest[]> {
  const log = JSON.parse(await readFile(file, 'utf8')) as NetLog;
  const start = log.constants.logEventTypes.URL_REQUEST_START_JOB;
  return log.events.flatMap(({ type, params }) =>
    type === start && params?.url ? [{ url: params.url, initiator: params.initiator ?? '' }] : [],
  );
}
