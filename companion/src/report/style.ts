import { createHash } from 'node:crypto';

/** The report's only style sheet, for screens (light and dark) and for paper. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1b1b1a; --soft: #5c5a55; --line: #d8d5ce; --paper: #ffffff; --wash: #f5f3ee; --ai: #b4460f; --camera: #1c62a8; --doubt: #6b6558; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceae4; --soft: #a9a59b; --line: #3d3b36; --paper: #1a1917; --wash: #24221f; --ai: #ff9a5c; --camera: #7db8f5; --doubt: #bcb6a6; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.1rem; font-weight: 600; margin: 0; color: var(--soft); }
h2 { font-size: 1.05rem; margin: 2rem 0 .6rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); break-after: avoid; }
h3 { font-size: 1em; margin: 1.2rem 0 .4rem; break-after: avoid; }
p, ul, ol { margin: .4rem 0; }
ul, ol { padding-inline-start: 1.3rem; }
.soft { color: var(--soft); }
.verdict { margin: .8rem 0; padding: .9rem 1.1rem; border: 1px solid var(--line); border-inline-start: .4rem solid var(--doubt); border-radius: .4rem; background: var(--wash); }
.verdict.likely-ai { border-inline-start-color: var(--ai); }
.verdict.likely-authentic { border-inline-start-color: var(--camera); }
.verdict.leans-ai { border-inline-start: .4rem double var(--ai); }
.verdict.leans-authentic { border-inline-start: .4rem double var(--camera); }
.verdict .shape { width: 1em; height: 1em; vertical-align: -.1em; fill: none; stroke: currentcolor; stroke-width: 1.4; stroke-linejoin: round; stroke-linecap: round; }
.verdict .shape.full { fill: currentcolor; fill-rule: evenodd; }
.verdict .scale { display: block; width: 100%; max-width: 30rem; height: auto; margin-top: .5rem; direction: ltr; fill: none; }
.scale .axis { stroke: var(--line); stroke-width: 6; stroke-linecap: round; }
.scale .mark { stroke: var(--soft); stroke-width: 1.5; }
.scale .here { stroke: var(--ink); stroke-width: 4; }
.verdict strong { display: block; font-size: 1.6rem; line-height: 1.25; }
.warning { padding: .6rem .8rem; border: 2px solid var(--ai); border-radius: .4rem; font-weight: 600; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1rem; align-items: start; }
figure { margin: 0; break-inside: avoid; }
figure svg, figure img { display: block; width: 100%; height: auto; border: 1px solid var(--line); background: var(--wash); }
figcaption { margin-top: .3rem; color: var(--soft); font-size: .9em; }
.peaks { grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); }
dl { display: grid; grid-template-columns: minmax(9rem, 15rem) 1fr; gap: .25rem 1rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: .93em; }
.findings th:nth-child(1) { width: 15%; }
.findings th:nth-child(3), .findings th:nth-child(4) { width: 13%; }
.findings th:nth-child(5) { width: 27%; }
.said td:nth-child(1) { width: 16%; }
.said td:nth-child(2) { width: 24%; }
th, td { padding: .35rem .5rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
tr { break-inside: avoid; }
.case-name { margin: .8rem 0 .4rem; font-size: 1.6rem; line-height: 1.25; font-weight: 700; }
.written { white-space: pre-wrap; margin: .6rem 0; padding-inline-start: .8rem; border-inline-start: 3px solid var(--line); }
.results th:nth-child(1) { width: 2.6rem; }
.results th:nth-child(3) { width: 20%; }
.results th:nth-child(4), .results th:nth-child(5) { width: 21%; }
.results a { color: inherit; }
.results .shape { width: .9em; height: .9em; vertical-align: -.1em; fill: none; stroke: currentcolor; stroke-width: 1.4; stroke-linejoin: round; stroke-linecap: round; }
.results .shape.full { fill: currentcolor; fill-rule: evenodd; }
.entry { margin-top: 2.5rem; border-top: 3px double var(--line); }
.entry figure { max-width: 20rem; }
.entry dl + dl { margin-top: .25rem; }
code { font: .88em/1.4 ui-monospace, monospace; }
.tree .one { display: flex; flex-wrap: wrap; align-items: center; gap: .2rem .6rem; margin: .3rem 0; break-inside: avoid; }
.tree .one > div { flex: 1 1 14rem; }
.tree img { width: 4.5rem; height: auto; vertical-align: middle; border: 1px solid var(--line); }
.chart { width: 100%; height: auto; direction: ltr; }
.chart .band { fill: var(--doubt); opacity: .25; }
.chart .line { fill: none; stroke: var(--ink); stroke-width: 2; }
.chart .limit { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 5 4; }
.chart .cut { stroke: var(--line); stroke-width: 1; }
.chart text { fill: var(--soft); font: 14px system-ui, sans-serif; }
@media screen and (max-width: 34rem) {
  dl { grid-template-columns: 1fr; }
  dd { margin-bottom: .4rem; }
  .findings thead, .results thead { display: none; }
  .findings tr, .findings td, .said tr, .said td, .results tr, .results td { display: block; width: auto; }
  .findings tr, .said tr, .results tr { border-bottom: 1px solid var(--line); padding-block: .3rem; }
  .findings td, .said td, .results td { border: 0; padding-block: .1rem; }
}
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --wash: #fff; --ai: #b4460f; --camera: #1c62a8; --doubt: #6b6558; }
  @page { margin: 16mm 14mm; }
  body { padding: 0; max-width: none; font-size: 10pt; }
  .screen { display: none; }
  dl { grid-template-columns: minmax(8rem, 11rem) 1fr; }
  .pictures { grid-template-columns: 1fr 1fr; }
  .peaks { grid-template-columns: repeat(4, 1fr); }
  .verdict, .warning, dl > *, li { break-inside: avoid; }
  .tree li { break-inside: auto; }
  .chart { break-inside: avoid; }
  svg, img, .verdict { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

const styleHash = createHash('sha256').update(REPORT_STYLE).digest('base64');

/** Nothing runs and nothing is fetched: our one style sheet, and pictures that the report itself holds. */
const POLICY = `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'`;

/** For the file itself, wherever it is opened later. */
export const DOCUMENT_POLICY = POLICY;

/**
 * For the answer that carries it: a document that runs nothing, in no frame. It keeps its origin and its dialogs, so that
 * the history page can open the browser's print dialog over it; without scripts it can use neither by itself.
 */
export const RESPONSE_POLICY = `${POLICY}; sandbox allow-same-origin allow-modals; frame-ancestors 'none'`;
