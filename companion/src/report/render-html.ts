import { entryOf, fillSentence } from '@touchstone/shared';
import { nextSteps, stepOf } from '@touchstone/shared/present';
import type { EvidenceReport } from './evidence-report.ts';
import { heatMapSvg } from './heat-map-svg.ts';
import { fill, foreign, Html, html } from './html.ts';
import { dataAddress } from './report-picture.ts';
import { scaleSvg, stepShape } from './scale-svg.ts';
import {
  captureSection,
  chainSection,
  earlierSection,
  evidenceSection,
  fileFactsSection,
  modelSection,
  moment,
  percent,
  provenanceSection,
  reasonSentence,
  timelineSection,
  timingsSection,
} from './sections.ts';
import { DOCUMENT_POLICY, REPORT_STYLE } from './style.ts';
import type { ReportTexts } from './texts/report-texts.ts';

function section(heading: string, content: Html | undefined): Html | undefined {
  return content && html`<section><h2>${heading}</h2>${content}</section>`;
}

function list(lines: readonly (Html | string)[]): Html | undefined {
  return lines.length > 0 ? html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>` : undefined;
}

/** Which bytes the picture shows, or why there is none. */
function pictureNote({ from, sameBytes }: EvidenceReport['picture'], texts: ReportTexts): Html {
  if (sameBytes === false) return html`<p class="warning">${texts.otherBytes}</p>`;
  const words = {
    original: texts.sameBytes,
    memory: texts.sameBytes,
    thumbnail: texts.smallCopy,
    none: texts.noPicture,
  };
  return html`<p class="soft">${words[from]}</p>`;
}

function pictureSection({ picture, explanation }: EvidenceReport, texts: ReportTexts): Html {
  const { image } = picture;
  const label = texts.headings.picture;
  const plain =
    image &&
    html`<figure><img src="${dataAddress(image)}" width="${image.width}" height="${image.height}" alt="${label}"><figcaption>${label}</figcaption></figure>`;
  const heatMap =
    image &&
    explanation &&
    html`<figure>${heatMapSvg(image, explanation, texts.headings.heatMap)}<figcaption>${texts.headings.heatMap}. ${texts.heatMapLegend} ${regionWords(explanation.regions, texts)} ${texts.heatMapNote}</figcaption></figure>`;
  return html`<div class="pictures">${plain}${heatMap}</div>${pictureNote(picture, texts)}`;
}

function regionWords(regions: NonNullable<EvidenceReport['explanation']>['regions'], texts: ReportTexts): string {
  if (regions.length === 0) return texts.spread;
  const { separator } = texts;
  return fillSentence(texts.regions, { places: regions.map(({ place }) => texts.places[place]).join(separator) });
}

/** What a reader can do where no verdict fell. */
function nextLines(record: EvidenceReport['record'], { next }: ReportTexts): string[] {
  return nextSteps(record).map((step) =>
    step === 'original' && record.source.kind === 'video' ? next.originalVideo : next[step],
  );
}

/** The report as one HTML file: no script, nothing fetched, ready to print. */
export function renderHtml(report: EvidenceReport, texts: ReportTexts): string {
  const { record, leftOut } = report;
  const { verdict, provenance, timeline } = record;
  const { headings } = texts;
  const step = stepOf(verdict);
  const created = fill(texts.created, {
    version: report.touchstone.version,
    date: moment(Date.parse(report.createdAt)),
  });
  const body = html`<h1>${texts.title}</h1>
<div class="verdict ${step}"><strong>${stepShape(step)} ${texts.steps[step]}</strong>${fill(texts.probability, { percent: percent(verdict.probability, texts) })}${scaleSvg(verdict)}</div>
<p class="soft">${texts.whySteps[step]}</p>
<p class="soft">${created}. <span class="screen">${texts.print}</span></p>
${section(headings.picture, pictureSection(report, texts))}
${section(headings.reasons, list(verdict.reasons.map((reason) => foreign(reasonSentence(reason, texts)))))}
${section(headings.caveats, list(verdict.caveats.map(({ code, text }) => entryOf(texts.caveatSentences, code) ?? foreign(text))))}
${section(texts.next.title, list(nextLines(record, texts)))}
${section(headings.limits, list(report.limits))}
${section(headings.capture, captureSection(report, texts))}
${section(headings.model, modelSection(report, texts))}
${section(headings.evidence, evidenceSection(report, texts))}
${section(headings.provenance, provenance && provenanceSection(provenance, texts))}
${section(headings.facts, (record.facts?.length ?? 0) + leftOut.privateFacts > 0 ? fileFactsSection(record.facts ?? [], leftOut.privateFacts, texts) : undefined)}
${section(headings.timeline, timeline && timelineSection(timeline, report.peaks, texts))}
${section(headings.earlier, earlierSection(report, texts))}
${section(headings.timings, timingsSection(record, texts))}
${section(headings.chain, chainSection(report, texts))}`;
  const name = `${texts.title}: ${texts.steps[step]}`;
  const style = new Html(REPORT_STYLE);
  return html`<!doctype html>
<html lang="${texts.language}" dir="${texts.direction}">
<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${DOCUMENT_POLICY}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${name}</title><style>${style}</style></head>
<body>
${body}
</body>
</html>
`.html;
}
