import { Readable } from 'node:stream';
import { TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { caseReport } from '../../report/case-report.ts';
import { acceptedLanguage } from '../../report/report-language.ts';
import { RESPONSE_POLICY } from '../../report/style.ts';
import { reportTexts } from '../../report/texts/report-texts.ts';
import type { GatewayContext } from '../context.ts';
import { type Asked, handlerOf } from '../handle.ts';
import { goneSignal } from './gone-signal.ts';
import { inThisContext } from './in-this-context.ts';

type ReportAsked = Pick<Asked<typeof api.cases.report>, 'params' | 'query' | 'request' | 'reply'>;

/** A case as one file that stands alone, written while it is sent. */
export async function caseReportRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { cases, log, pipeline, version } = context;

  async function report({ params: { id }, query, request, reply }: ReportAsked): Promise<FastifyReply> {
    const one = await cases.get(id);
    if (!one) throw new TouchstoneError('not-found');
    const texts = reportTexts(query.language ?? acceptedLanguage(request.headers['accept-language']));
    const pieces = caseReport(
      { log, decoder: pipeline.decoder, version },
      { case: one, texts, signal: goneSignal(reply) },
    );
    const kind = query.download === '1' ? 'attachment' : 'inline';
    // Named by its id and the day: what a person called it is in the file, not in a header.
    const day = new Date().toISOString().slice(0, 10);
    return reply
      .type('text/html; charset=utf-8')
      .header('content-disposition', `${kind}; filename="touchstone-case-${day}-${one.id.slice(0, 6)}.html"`)
      .header('content-security-policy', RESPONSE_POLICY)
      .send(Readable.from(inThisContext(pieces), { objectMode: false }));
  }

  const handle = handlerOf(app);
  handle(api.cases.report, report);
  handle(api.v1Cases.report, report);
}
