import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { docsPage } from '../openapi/docs-page.ts';
import { openApiDocument } from '../openapi/document.ts';

/** What the API is, for programs and for those who write them. */
export async function docsRoutes(app: FastifyInstance, { version }: GatewayContext): Promise<void> {
  let document: ReturnType<typeof openApiDocument> | undefined;
  handlerOf(app)(api.v1Docs.openapi, async () => {
    document ??= openApiDocument(version);
    return document;
  });
  app.get('/v1/docs', { config: { access: 'public', page: true } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(docsPage(version)),
  );
}
