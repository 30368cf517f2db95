import { CLIP_KINDS, type ClipKind } from './clips.ts';
import type { CutRow, ProductRow, RuleRow } from './measure.ts';

const WORDS: Readonly<Record<ClipKind, string>> = {
  real: 'real',
  ai: 'generated',
  swap: 'face swapped',
  spliced: 'generated insert',
  'real-cut': 'real, cut',
  'camera-like': 'pans over photographs',
  procedural: 'computed patterns',
};

const percent = (share: number | undefined): string =>
  share === undefined || Number.isNaN(share) ? '-' : `${Math.round(100 * share)} %`;
const number = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(2));

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** "Likely AI" by rule, as a Markdown table. */
export function ruleTable(rows: readonly RuleRow[]): string {
  const kinds = CLIP_KINDS.filter((kind) => rows.some(({ fake }) => fake[kind] !== undefined));
  return table(
    ['rule', 'AUC', 'AUC, inserts', ...kinds.map((kind) => WORDS[kind]), 'flipped by one frame'],
    rows.map(({ rule, auc, aucSpliced, fake, flipped }) => [
      rule,
      number(auc),
      number(aucSpliced),
      ...kinds.map((kind) => percent(fake[kind])),
      String(flipped),
    ]),
  );
}

export function productTable(rows: readonly ProductRow[]): string {
  return table(
    ['clips', 'number', 'Likely AI', 'Uncertain', 'Likely authentic', 'part named', 'the right part'],
    rows.map(({ kind, clips, fake, real, uncertain, part, partRight }) => [
      WORDS[kind],
      ...[clips, fake, uncertain, real, part].map(String),
      kind === 'spliced' ? String(partRight) : '-',
    ]),
  );
}

export function cutTable(rows: readonly CutRow[]): string {
  return table(
    ['seconds between frames', 'motion taken for a cut', 'cuts found'],
    rows.map(({ gap, falseCuts, within, found, between }) => [
      String(gap),
      `${falseCuts} of ${within}`,
      `${found} of ${between}`,
    ]),
  );
}
