import { LANGUAGES } from '@touchstone/shared/words';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { buildReport } from '../../report/build-report.ts';
import { renderHtml } from '../../report/render-html.ts';
import { acceptedLanguage } from '../../report/report-language.ts';
import { RESPONSE_POLICY } from '../../report/style.ts';
import { reportTexts } from '../../report/texts/report-texts.ts';
import { EITHER } from '../access.ts';
import type { GatewayContext } from '../context.ts';
import { parseRequest } from '../error-replies.ts';
import { goneSignal } from './gone-signal.ts';
import { RecordParams } from './record-params.ts';

const flag = v.optional(v.picklist(['0', '1']), '0');

const ReportQuery = v.object({
  format: v.optional(v.picklist(['html', 'json']), 'html'),
  /** 1: with what could betray the owner of the file. */
  private: flag,
  /** 1: to be saved, not shown. */
  download: flag,
  language: v.optional(v.picklist(LANGUAGES)),
});

/** Ids are ULIDs; whatever else came in as one must not reach a header. */
const fileNameFor = (id: string, format: string): string =>
  `touchstone-evidence-${id.replace(/[^0-9A-Za-z]/g, '')}.${format}`;

/** GET /api/history/records/:id/report: all that is known about one check, as one file that stands alone. */
export async function reportRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { log, recent, pipeline, settings, version } = context;

  app.get('/api/history/records/:id/report', EITHER, async (request, reply) => {
    const { id } = parseRequest(RecordParams, request.params);
    const query = parseRequest(ReportQuery, request.query);
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
