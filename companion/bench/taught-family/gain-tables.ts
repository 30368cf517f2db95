import type { Gain, Words } from './gain.ts';

interface Way {
  readonly model: string;
  readonly start: string;
  readonly gains: readonly Gain[];
}

const meanOf = (gains: readonly Gain[], of: (gain: Gain) => number): number =>
  gains.reduce((sum, gain) => sum + of(gain), 0) / gains.length;
const number = (value: number): string => value.toFixed(3);
const percent = (value: number): string => `${Math.round(value * 100)} %`;

const COLUMNS: readonly [head: string, of: (words: Words) => number, text: (value: number) => string][] = [
  ['AUC', ({ area }) => area, number],
  ['balanced accuracy', ({ balancedAccuracy }) => balancedAccuracy, number],
  ['AI called likely AI', ({ likelyAi }) => likelyAi.ai, percent],
  ['real called likely AI', ({ likelyAi }) => likelyAi.real, percent],
  ['AI called likely authentic', ({ likelyAuthentic }) => likelyAuthentic.ai, percent],
  ['real called likely authentic', ({ likelyAuthentic }) => likelyAuthentic.real, percent],
];

function table(pack: string, ways: readonly Way[], part: 'family' | 'others'): string {
  const [first] = ways;
  if (!first) return '';
  const row = (name: string, gains: readonly Gain[], of: 'unmodified' | 'own'): string =>
    `| ${[name, ...COLUMNS.map(([, value, text]) => text(meanOf(gains, (gain) => value(gain[part][of]))))].join(' | ')} |`;
  return [
    `| pack | ${COLUMNS.map(([head]) => head).join(' | ')} |`,
    `|---${'|---'.repeat(COLUMNS.length)}|`,
    row(`${pack}, unmodified`, first.gains, 'unmodified'),
    ...ways.map(({ model, start, gains }) => row(`taught, ${model}, ${start}`, gains, 'own')),
    '',
  ].join('\n');
}

/** Both packs on the rest of the family and on everything else, as Markdown; means over the draws of the labels. */
export function gainTables(pack: string, ways: readonly Way[]): string {
  const gains = ways[0]?.gains ?? [];
  const whole = (of: (gain: Gain) => number): number => Math.round(meanOf(gains, of));
  const counts = (part: 'family' | 'others') =>
    `${whole((gain) => gain[part].own.pictures.ai)} AI, ${whole((gain) => gain[part].own.pictures.real)} real`;
  return [
    `Given: ${whole(({ taught }) => taught.ai)} AI and ${whole(({ taught }) => taught.real)} real labels, ${gains.length} draws.`,
    '',
    `The rest of the family (${counts('family')}):`,
    '',
    table(pack, ways, 'family'),
    `Everything else (${counts('others')}):`,
    '',
    table(pack, ways, 'others'),
  ].join('\n');
}
