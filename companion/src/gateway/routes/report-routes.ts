import { api } from '@touchstone/shared/api';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { buildReport } from '../../report/build-report.ts';
import { renderHtml } from '../../report/render-html.ts';
import { acceptedLanguage } from '../../report/report-language.ts';
import { RESPONSE_POLICY } from '../../report/style.ts';
import { reportTexts } from '../../report/texts/report-texts.ts';
import type { GatewayContext } from '../context.ts';
import { type Asked, handlerOf } from '../handle.ts';
import { goneSignal } from './gone-signal.ts';

/** Ids are ULIDs; whatever else came in as one must not reach a header. */
const fileNameFor = (id: string, format: string): string =>
  `touchstone-evidence-${id.replace(/[^0-9A-Za-z]/g, '')}.${format}`;

type ReportAsked = Pick<Asked<typeof api.records.report>, 'params' | 'query' | 'request' | 'reply'>;

/** All that is known about one check, as one file that stands alone. */
export async function reportRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { log, recent, pipeline, settings, version } = context;

  async function report({ params: { id }, query, request, reply }: ReportAsked): Promise<FastifyReply> {
    const texts = reportTexts(query.language ?? acceptedLanguage(request.headers['accept-language']));
    const built = await buildReport(
      { log, recent, pipeline, settings: settings.current(), version },
      { recordId: id, withPrivate: query.private === '1', limits: texts.limits, signal: goneSignal(reply) },
    );
    const kind = query.download === '1' ? 'attachment' : 'inline';
    return reply
      .type(query.format === 'html' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8')
      .header('content-disposition', `${kind}; filename="${fileNameFor(built.record.id, query.format)}"`)
      .header('content-security-policy', RESPONSE_POLICY)
      .send(query.format === 'html' ? renderHtml(built, texts) : `${JSON.stringify(built, null, 2)}\n`);
  }

  const handle = handlerOf(app);
  handle(api.records.report, report);
  handle(api.v1Records.report, report);
}
