import type { FastifyInstance } from 'fastify';

/** Nothing from elsewhere, nothing inline, in no frame. Pictures may also come from memory. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' blob: data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** The headers of every answer, for those that bypass Fastify's reply. */
export function securityHeaders(url: string): Record<string, string> {
  return url.startsWith('/api/') ? { ...HEADERS, 'cache-control': 'no-store' } : { ...HEADERS };
}

/** Sets them before any route runs; no CORS header is ever among them. */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders(request.url));
  });
}
