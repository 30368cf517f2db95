import fastifyCookie from '@fastify/cookie';
import fastify, { type FastifyInstance } from 'fastify';
import { addAccessChecks } from './access.ts';
import { aliasRoutes } from './aliases/alias-routes.ts';
import { trainingAliasRoutes } from './aliases/training-alias-routes.ts';
import type { GatewayContext } from './context.ts';
import { addErrorReplies, replyToMalformed } from './error-replies.ts';
import { MAX_HEADER_BYTES } from './http-server.ts';
import { addRequestLog } from './request-log.ts';
import { browserRoutes } from './routes/browser-routes.ts';
import { caseReportRoutes } from './routes/case-report-routes.ts';
import { checkRoutes } from './routes/check-routes.ts';
import { checkVideoRoutes } from './routes/check-video-routes.ts';
import { companionRoutes } from './routes/companion-routes.ts';
import { eventRoutes } from './routes/event-routes.ts';
import { evidenceRoutes } from './routes/evidence-routes.ts';
import { exportRoutes } from './routes/export-routes.ts';
import { historyRoutes } from './routes/history-routes.ts';
import { packRoutes } from './routes/pack-routes.ts';
import { pageRoutes } from './routes/page-routes.ts';
import { reportRoutes } from './routes/report-routes.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { tokenRoutes } from './routes/token-routes.ts';
import { addPageHeaders } from './security-headers.ts';
import { traceRequests } from './trace-requests.ts';
import { caseRoutes } from './v1/case-routes.ts';
import { newCheckRoutes } from './v1/check-routes.ts';
import { checkStatusRoutes } from './v1/check-status-routes.ts';
import { docsRoutes } from './v1/docs-routes.ts';
import { v1RecordRoutes } from './v1/record-routes.ts';
import { systemRoutes } from './v1/system-routes.ts';
import { datasetUploadRoutes, trainingRoutes } from './v1/training-routes.ts';
import { webhookRoutes } from './v1/webhook-routes.ts';

/** Longest body of a request that is not a picture: a thousand record ids have 30 kB. */
const BODY_LIMIT_BYTES = 256 * 1024;

/** Valibot looks at what comes and goes (handle.ts): the compilers of JSON Schema, which are large, are never loaded. */
function noSchemas(): never {
  throw new Error('a route brings a JSON Schema; declare its shapes in the route table instead');
}

/** Registers the routes of one concern. */
export type RouteModule = (app: FastifyInstance, context: GatewayContext) => Promise<void>;

/** What a companion and a team's server have alike. */
export const SHARED_ROUTES: readonly RouteModule[] = [
  caseReportRoutes,
  caseRoutes,
  checkRoutes,
  checkVideoRoutes,
  companionRoutes,
  eventRoutes,
  evidenceRoutes,
  exportRoutes,
  historyRoutes,
  pageRoutes,
  reportRoutes,
  sessionRoutes,
  checkStatusRoutes,
  docsRoutes,
  newCheckRoutes,
  aliasRoutes,
  v1RecordRoutes,
];

/** What one person's computer has alone. */
const COMPANION_ROUTES: readonly RouteModule[] = [
  ...SHARED_ROUTES,
  browserRoutes,
  packRoutes,
  systemRoutes,
  tokenRoutes,
  trainingAliasRoutes,
  datasetUploadRoutes,
  trainingRoutes,
  webhookRoutes,
];

/** The HTTP side of the gateway, ready to route but not listening. */
export async function createHttpApp(
  context: GatewayContext,
  routes: readonly RouteModule[] = COMPANION_ROUTES,
): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    // Schemas bound what routes take; a router that answers by itself would tell strangers which addresses have parameters.
    routerOptions: { maxParamLength: MAX_HEADER_BYTES },
    frameworkErrors: replyToMalformed,
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
  });
  // A form can send text/plain across origins without asking first; JSON it cannot.
  app.removeContentTypeParser('text/plain');
  addPageHeaders(app);
  await app.register(fastifyCookie);
  app.addHook('onResponse', async ({ method, routeOptions }, { statusCode }) =>
    context.meters.answered(method, routeOptions.url, statusCode),
  );
  addAccessChecks(app, context);
  traceRequests(app, context);
  addErrorReplies(app, context);
  addRequestLog(app, context);
  for (const register of routes) await app.register(async (scope) => register(scope, context));
  await app.ready();
  return app;
}
