import { entryOf, facePlace, fillSentence } from '@touchstone/shared';
import { nextSteps, stepOf } from '@touchstone/shared/present';
import { DOCUMENT_END, documentStart, list, section, verdictBlock } from './document.ts';
import type { EvidenceReport } from './evidence-report.ts';
import { heatMapSvg } from './heat-map-svg.ts';
import { fill, foreign, type Html, html } from './html.ts';
import { outlinedPictureSvg } from './outlined-picture-svg.ts';
import { dataAddress } from './report-picture.ts';
import {
  captureSection,
  chainSection,
  earlierSection,
  evidenceSection,
  fileFactsSection,
  modelSection,
  moment,
  provenanceSection,
  reasonSentence,
  timelineSection,
  timingsSection,
} from './sections.ts';
import type { ReportTexts } from './texts/report-texts.ts';

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

function pictureSection({ picture, explanation, record }: EvidenceReport, texts: ReportTexts): Html {
  const { image } = picture;
  const label = texts.headings.picture;
  const faces = record.source.kind === 'video' ? [] : record.evidence.flatMap((one) => facePlace(one) ?? []);
  const words = faces.length > 0 ? `${label}. ${texts.faceOutlined}` : label;
  const shown =
    image &&
    (faces.length > 0
      ? outlinedPictureSvg(image, faces, words)
      : html`<img src="${dataAddress(image)}" width="${image.width}" height="${image.height}" alt="${label}">`);
  const plain = shown && html`<figure>${shown}<figcaption>${words}</figcaption></figure>`;
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
${verdictBlock(verdict, texts)}
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
  return html`${documentStart(name, texts)}${body}${DOCUMENT_END}`.html;
}
