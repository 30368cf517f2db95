import type { Dataset, NamedItem, PackMeasurement, Training, TrainingResult } from '@touchstone/shared';
import { ENOUGH_PICTURES } from '@touchstone/shared';
import { foreignText, shareText, textOf } from '@touchstone/shared/words';
import Table from 'cli-table3';

const share = (value: number): string => shareText(value, 'en');

/** Names that are printed of each kind. */
const MOST_NAMED = 10;

/** Names below their number, each with its reason. */
function namedLines(items: readonly NamedItem[], count: number): string[] {
  const shown = items.slice(0, MOST_NAMED);
  return [
    ...shown.map(({ name, why }) => `    ${foreignText(name)}${why === null ? '' : `: ${why}`}`),
    ...(count > shown.length ? [`    ${textOf('en', 'teach-map-more', { count: count - shown.length })}`] : []),
  ];
}

/** What is in a data set, in lines for a person. */
export function summaryText({ name, from, summary, base, removed }: Dataset): string {
  if (!summary) return '';
  const { ai, real, groups, duplicates, contradictory, unreadable, leftOut, doubtful, enough, testable } = summary;
  const facts: [count: number, words: string, named?: readonly NamedItem[]][] = [
    [duplicates, 'near copies of another one, which stay on its side'],
    [contradictory, 'pictures of which a near copy is called the opposite'],
    [unreadable, 'cannot be read', summary.unreadableItems],
    [leftOut, 'labels whose picture was not kept'],
    [doubtful, `of which ${base} is sure of the opposite`, summary.doubtfulItems],
    [removed, 'removed with their records'],
  ];
  return [
    `${foreignText(name)}: ${ai} AI, ${real} real, in ${groups} groups that stay together.`,
    ...facts
      .filter(([count]) => count > 0)
      .flatMap(([count, words, named = []]) => [
        `  ${count} ${words}`,
        ...(named.length > 0 ? namedLines(named, count) : []),
      ]),
    ...(from === 'demo' ? [`  ${textOf('en', 'teach-demo-note')}`] : []),
    ...(enough ? [] : [`  Fewer than ${ENOUGH_PICTURES} of a class: too few to tell which pack is better.`]),
    ...(testable ? [] : ['  Too few sources to set some aside: nothing will be tested.']),
    '',
  ].join('\n');
}

/** "embedding 40 %, about 12 s left" */
export function progressText({ state, stage, progress, secondsLeft }: Dataset | Training): string {
  if (stage === null) return state;
  const done = progress === null ? '' : ` ${share(progress)}`;
  return `${stage}${done}${secondsLeft === null ? '' : `, about ${secondsLeft} s left`}`;
}

const number = (value: number): string => value.toFixed(3);

const rowOf = (measured: PackMeasurement): string[] => [
  measured.pack,
  `${number(measured.area)} (${number(measured.areaInterval.low)} to ${number(measured.areaInterval.high)})`,
  share(measured.balancedAccuracy),
  share(measured.accuracy),
  share(measured.falseAccusations),
];

/** What came of a training, side by side with the unmodified pack. */
export function resultText(result: TrainingResult): string {
  const { own, unmodified, sentence, trained, tested, pack, published } = result;
  const head = ['Pack', 'Area under ROC (95 %)', 'Balanced accuracy', 'Accuracy', 'Real called likely AI'];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const measured of [own, unmodified]) if (measured) table.push(rowOf(measured));
  return [
    `${trained} pictures taught, ${tested} others tested.`,
    ...(own ? [table.toString()] : []),
    sentence,
    ...(own ? confusionLines(own) : []),
    published
      ? `"Likely AI" was held to ${published.pictures} looks at the real pictures published with ${result.base}: it accuses ${published.own} of them, the unmodified pack ${published.unmodified}.`
      : `"Likely AI" is never said more lightly than by ${result.base}; it was held to your own held-out pictures alone.`,
    `Use it with: npm run touchstone models use ${pack}`,
    `See what it says of the history with: npm run touchstone -- history recheck --pack ${pack}`,
    '',
  ].join('\n');
}

function confusionLines({ confusion }: PackMeasurement): string[] {
  const { truePositives, falseNegatives, trueNegatives, falsePositives } = confusion;
  return [
    `Of ${truePositives + falseNegatives} AI pictures it calls ${truePositives} AI; of ${trueNegatives + falsePositives} real ones ${falsePositives}.`,
  ];
}
