import { HELD_KINDS, type HeldClip } from './clip-list.ts';
import type { JudgedClip } from './judge-clip.ts';

export interface HeldResult {
  readonly clip: HeldClip;
  readonly judged: JudgedClip;
}

const WORDS: Readonly<Record<HeldClip['kind'], string>> = {
  real: 'real',
  screen: 'screens',
  ai: 'generated',
  swap: 'face swapped',
  reenacted: 'reenacted',
};

/** Standard normal quantile of a two-sided interval of 95 %. */
const Z = 1.96;

/** Wilson's interval of a share, both ends in per cent. */
export function interval(count: number, of: number): readonly [number, number] {
  if (of === 0) return [0, 100];
  const [share, square] = [count / of, Z ** 2];
  const middle = (share + square / (2 * of)) / (1 + square / of);
  const half = (Z / (1 + square / of)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of ** 2));
  return [100 * Math.max(0, middle - half), 100 * Math.min(1, middle + half)];
}

function share(count: number, of: number): string {
  const [from, to] = interval(count, of);
  return `${count} (${Math.round(from)}-${Math.round(to)} %)`;
}

const names = ({ verdict }: JudgedClip): boolean =>
  verdict.reasons.some(({ code }) => code === 'video-part-generated' || code === 'video-part-differs');
const blended = ({ evidence }: JudgedClip): boolean => evidence.some(({ code }) => code === 'video-face-blending');

/** A row a kind, or a row a scene or a source of one kind, as a Markdown table. */
export function clipTable(results: readonly HeldResult[], by: 'kind' | 'scene' | 'source'): string {
  const header = [
    'clips',
    'number',
    'Likely AI',
    'leaning to AI',
    'leaning to a camera',
    'Likely authentic',
    'part named',
    'faces looked at',
    'blending told',
  ];
  const groups = new Map<string, HeldResult[]>();
  for (const kind of HELD_KINDS) {
    for (const result of results.filter(({ clip }) => clip.kind === kind)) {
      const group = by === 'kind' ? WORDS[kind] : `${WORDS[kind]}: ${result.clip[by]}`;
      groups.set(group, [...(groups.get(group) ?? []), result]);
    }
  }
  const rows = [...groups].map(([group, members]) => {
    const count = (test: (judged: JudgedClip) => boolean): number =>
      members.filter(({ judged }) => test(judged)).length;
    const all = members.length;
    const looked = count(({ blending }) => blending.length > 0);
    return [
      group,
      String(all),
      share(
        count(({ verdict }) => verdict.value === 'fake'),
        all,
      ),
      String(count(({ verdict }) => verdict.value === 'uncertain' && verdict.leaning === 'ai')),
      String(count(({ verdict }) => verdict.value === 'uncertain' && verdict.leaning !== 'ai')),
      String(count(({ verdict }) => verdict.value === 'real')),
      String(count(names)),
      String(looked),
      looked === 0 ? '-' : share(count(blended), looked),
    ];
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
