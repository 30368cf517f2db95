import type { FastifyInstance } from 'fastify';

/**
 * On every answer, whatever answers: routes, refusals, Node's own HTTP parser. A route that needs less says so in its config or
 * on its reply. No CORS header is ever among them.
 */
export const STRICTEST_HEADERS = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** Of pages and their parts: nothing from elsewhere, nothing inline, in no frame. Pictures may also come from memory. */
const PAGE_HEADERS = {
  'content-security-policy': [
    "default-src 'self'",
    "img-src 'self' blob: data:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; '),
  // Pages change with every update; what they name carries a hash.
  'cache-control': 'no-cache',
} as const;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Says that a route serves a page or a part of one. */
    page?: true;
  }
}

/** Gives the routes that serve pages what pages need; all others keep the strictest headers. */
export function addPageHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.page) reply.headers(PAGE_HEADERS);
  });
}
