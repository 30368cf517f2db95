import { type Case, entryOf, packsInWords, type ResultRecord } from '@touchstone/shared';
import { STEPS, stepOf } from '@touchstone/shared/present';
import { recordName } from '@touchstone/shared/words';
import type { PictureDecoder } from '../decode/picture-decoder.ts';
import type { History } from '../store/record-store.ts';
import { DOCUMENT_END, documentStart, list, section, verdictBlock } from './document.ts';
import type { EvidenceReport, ReportPicture } from './evidence-report.ts';
import { fill, foreign, type Html, html } from './html.ts';
import { publicRecord } from './public-record.ts';
import { dataAddress, reportPicture } from './report-picture.ts';
import { stepShape } from './scale-svg.ts';
import { captureSection, chainFacts, facts, moment, reasonSentence } from './sections.ts';
import type { ReportTexts } from './texts/report-texts.ts';

export interface CaseReportRooms {
  readonly log: Pick<History, 'iterate' | 'get' | 'thumbnail' | 'original' | 'chainLink'>;
  readonly decoder: Pick<PictureDecoder, 'copyForReport'>;
  /** Of this Touchstone. */
  readonly version: string;
}

export interface CaseReportRequest {
  readonly case: Case;
  readonly texts: ReportTexts;
  readonly signal?: AbortSignal | undefined;
}

/** What the table at the head says of a result. */
type Line = Pick<ResultRecord, 'id' | 'at' | 'pack' | 'together' | 'source' | 'verdict'>;

/** Places within the document: the id of a record is a stranger's only where the log was forged. */
const anchorOf = (index: number): string => `result-${index + 1}`;

const nameOf = ({ source }: Pick<ResultRecord, 'source'>, texts: ReportTexts): string =>
  recordName(source) ?? texts.kinds[source.kind];

/** What a person wrote themselves, with its lines as they are. */
const written = (text: string | undefined): Html | undefined =>
  text ? html`<p class="written" dir="auto">${text}</p>` : undefined;

function tagLine(tags: readonly string[], { cases, separator }: ReportTexts): Html | undefined {
  if (tags.length === 0) return undefined;
  const words = tags.map((tag, index) => html`${index > 0 ? separator : ''}${foreign(tag)}`);
  return html`<p>${cases.tags}: ${words}</p>`;
}

/** How many results stand on each step that there is. */
function stepCounts(lines: readonly Line[], texts: ReportTexts): Html | undefined {
  const counts = STEPS.map((step) => ({ step, count: lines.filter(({ verdict }) => stepOf(verdict) === step).length }));
  return list(
    counts.filter(({ count }) => count > 0).map(({ step, count }) => html`${texts.steps[step]}: <bdi>${count}</bdi>`),
  );
}

function resultTable(lines: readonly Line[], texts: ReportTexts): Html | undefined {
  if (lines.length === 0) return undefined;
  const { cases } = texts;
  const rows = lines.map((line, index) => {
    const step = stepOf(line.verdict);
    return html`<tr><td><a href="#${anchorOf(index)}">${index + 1}</a></td><td>${foreign(nameOf(line, texts))}</td><td>${stepShape(step)} ${texts.steps[step]}</td><td>${moment(line.at)}</td><td>${foreign(packsInWords(line))}</td></tr>
`;
  });
  return html`<table class="results"><thead><tr><th>${cases.number}</th><th>${cases.name}</th><th>${cases.step}</th><th>${cases.date}</th><th>${cases.packs}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function head(lines: readonly Line[], { case: one, texts }: CaseReportRequest, version: string): Html {
  const { cases } = texts;
  const created = fill(texts.created, { version, date: moment(Date.now()) });
  return html`${documentStart(`${cases.title}: ${one.name}`, texts)}<h1>${cases.title}</h1>
<p class="case-name">${foreign(one.name)}</p>
${written(one.note)}
${tagLine(one.tags, texts)}
${facts([
  [cases.begun, moment(one.createdAt)],
  [cases.changed, moment(one.updatedAt)],
])}
<p>${cases.results(lines.length)}</p>
${stepCounts(lines, texts)}
<p class="soft">${created}. <span class="screen">${texts.print}</span></p>
${section(texts.headings.limits, list(texts.limits))}
${section(cases.list, resultTable(lines, texts))}
`;
}

interface Entry {
  readonly record: ResultRecord;
  readonly picture: ReportPicture | null;
  readonly chain: EvidenceReport['chain'];
}

function entry({ record, picture, chain }: Entry, index: number, texts: ReportTexts): Html {
  const { verdict, tags = [], note } = record;
  const shown = publicRecord(record).record;
  const name = nameOf(record, texts);
  const image =
    picture &&
    html`<figure><img src="${dataAddress(picture)}" width="${picture.width}" height="${picture.height}" alt="${texts.headings.picture}"></figure>`;
  return html`<section class="entry" id="${anchorOf(index)}"><h2>${index + 1}. ${foreign(name)}</h2>
${verdictBlock(verdict, texts)}
<p>${texts.cases.neverProof} ${texts.whySteps[stepOf(verdict)]}</p>
${image ?? html`<p class="soft">${texts.noPicture}</p>`}
${written(note)}
${tagLine(tags, texts)}
${heading(texts.headings.reasons, list(verdict.reasons.map((reason) => foreign(reasonSentence(reason, texts)))))}
${heading(texts.headings.caveats, list(verdict.caveats.map(({ code, text }) => entryOf(texts.caveatSentences, code) ?? foreign(text))))}
<h3>${texts.headings.capture}</h3>${captureSection({ record: shown }, texts)}${facts([[texts.cases.packs, foreign(packsInWords(record))]])}
<h3>${texts.headings.chain}</h3>${chainFacts({ chain }, texts)}
</section>
`;
}

function heading(words: string, content: Html | undefined): Html | undefined {
  return content && html`<h3>${words}</h3>${content}`;
}

async function pictureOf(
  { log, decoder }: CaseReportRooms,
  id: string,
  signal: AbortSignal | undefined,
): Promise<ReportPicture | null> {
  const bytes = (await log.thumbnail(id)) ?? (await log.original(id));
  return bytes ? reportPicture(decoder, bytes, signal) : null;
}

/**
 * One report of a case as HTML, in pieces: its note, a table of its results, then each with picture, step, date, packs and reasons.
 * A small copy of each picture is in it; the report of a single record has the large one and the heat map. What a person wrote
 * beside the records is in it, other cases are not.
 * @throws TouchstoneError `cancelled`, `shutting-down`, of the log
 */
export async function* caseReport(rooms: CaseReportRooms, request: CaseReportRequest): AsyncGenerator<string> {
  const { log, version } = rooms;
  const { texts, signal } = request;
  const lines: Line[] = [];
  for await (const { id, at, pack, together, source, verdict } of log.iterate({ case: request.case.id })) {
    lines.push({ id, at, pack, together, source, verdict });
  }
  yield head(lines, request, version).html;
  for (const [index, { id }] of lines.entries()) {
    const record = await log.get(id);
    // Deleted a moment ago: the table has named it, and there is nothing left to tell.
    if (!record) continue;
    const [picture, chain] = [await pictureOf(rooms, id, signal), (await log.chainLink(id)) ?? null];
    yield entry({ record, picture, chain }, index, texts).html;
  }
  const note = lines.length > 0 ? html`<p class="soft">${texts.chain.note}</p>` : undefined;
  yield html`${note}${DOCUMENT_END}`.html;
}
