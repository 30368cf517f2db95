import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { buildReport } from '../../report/build-report.ts';
import { renderHtml } from '../../report/render-html.ts';
import { acceptedLanguage } from '../../report/report-language.ts';
import { RESPONSE_POLICY } from '../../report/style.ts';
import { reportTexts } from '../../report/texts/report-texts.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { goneSignal } from './gone-signal.ts';

/** Ids are ULIDs; whatever else came in as one must not reach a header. */
const fileNameFor = (id: string, format: string): string =>
  `touchstone-evidence-${id.replace(/[^0-9A-Za-z]/g, '')}.${format}`;

/** All that is known about one check, as one file that stands alone. */
export async function reportRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { log, recent, pipeline, settings, version } = context;

  handlerOf(app)(api.records.report, async ({ params: { id }, query, request, reply }) => {
    const texts = reportTexts(query.language ?? acceptedLanguage(request.headers['accept-language']));
    const report = await buildReport(
      { log, recent, pipeline, settings: settings.current(), version },
      { recordId: id, withPrivate: query.private === '1', limits: texts.limits, signal: goneSignal(reply) },
    );
    const kind = query.download === '1' ? 'attachment' : 'inline';
    return reply
      .type(query.format === 'html' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8')
      .header('content-disposition', `${kind}; filename="${fileNameFor(report.record.id, query.format)}"`)
      .header('content-security-policy', RESPONSE_POLICY)
      .send(query.format === 'html' ? renderHtml(report, texts) : `${JSON.stringify(report, null, 2)}\n`);
  });
}
