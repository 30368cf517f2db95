import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export type Route = (request: IncomingMessage) => Answer | Promise<Answer>;

export interface Site {
  readonly port: number;
  /** Requests seen, as `METHOD path`. */
  readonly requests: string[];
  route(path: string, answer: Route): void;
  /** Address under a host name that the browser maps to this server. */
  url(path: string, host?: string): string;
  close(): Promise<void>;
}

/** A small website on loopback. The browser is told to treat its port as public address space. */
export async function startSite(): Promise<Site> {
  const routes = new Map<string, Route>();
  const requests: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    requests.push(`${request.method} ${request.url}`);
    const route = routes.get(path);
    if (!route) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('no such fixture');
      return;
    }
    const { status = 200, headers = {}, body } = await route(request);
    response.writeHead(status, headers).end(body);
  };
  const server: Server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    requests,
    route: (path, route) => void routes.set(path, route),
    url: (path, host = 'site.test') => `http://${host}:${port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** An HTML page. @param head extra head elements @param headers extra response headers */
export function html(body: string, head = '', headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Fixture page</title>
<style>body{margin:20px;font:16px sans-serif}</style>${head}</head><body>${body}</body></html>`,
  };
}

/** A picture answer. */
export function image(bytes: Uint8Array, type = 'image/jpeg', headers: Readonly<Record<string, string>> = {}): Answer {
  return { headers: { 'content-type': type, 'cache-control': 'max-age=600', ...headers }, body: bytes };
}
