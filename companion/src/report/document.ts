import type { Verdict } from '@touchstone/shared';
import { stepOf } from '@touchstone/shared/present';
import { fill, Html, html } from './html.ts';
import { scaleSvg, stepShape } from './scale-svg.ts';
import { percent } from './sections.ts';
import { DOCUMENT_POLICY, REPORT_STYLE } from './style.ts';
import type { ReportTexts } from './texts/report-texts.ts';

/** A part of a report under its heading; nothing where there is nothing to say. */
export function section(heading: string, content: Html | undefined): Html | undefined {
  return content && html`<section><h2>${heading}</h2>${content}</section>`;
}

export function list(lines: readonly (Html | string)[]): Html | undefined {
  return lines.length > 0 ? html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>` : undefined;
}

/** The step of a verdict in words, colour and shape, with its number on the scale. */
export function verdictBlock(verdict: Verdict, texts: ReportTexts): Html {
  const step = stepOf(verdict);
  return html`<div class="verdict ${step}"><strong>${stepShape(step)} ${texts.steps[step]}</strong>${fill(texts.probability, { percent: percent(verdict.probability, texts) })}${scaleSvg(verdict)}</div>`;
}

/** Everything before the content of a report: no script, nothing fetched, ready to print. */
export function documentStart(title: string | Html, { language, direction }: ReportTexts): Html {
  const style = new Html(REPORT_STYLE);
  return html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${DOCUMENT_POLICY}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${title}</title><style>${style}</style></head>
<body>
`;
}

export const DOCUMENT_END = new Html(`
</body>
</html>
`);
