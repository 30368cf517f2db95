import type { Measured, Taught } from '@touchstone/models/learning';
import { packLabel } from '@touchstone/shared';
import type { HeadPackPlan } from './write-head-pack.ts';

const number = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : '-');

const row = (name: string, { area, areaInterval, balancedAccuracy, falseAccusations, calibrationError }: Measured) =>
  `| ${name} | ${number(area)} (${number(areaInterval.low)} to ${number(areaInterval.high)}) | ${number(balancedAccuracy)} | ${number(falseAccusations)} | ${number(calibrationError)} |`;

function methodOf({ head, chosen: { c, neighbours, hidden } }: Taught, basis: string): string {
  const added = head.baseScale === 0 ? '' : ', added to its own word';
  return {
    correction: `A correction of the words of ${basis}: logistic regression on its features on top of its own logit, L2 penalty, C = ${c}.`,
    logistic: `Logistic regression on the features of ${basis}, L2 penalty, C = ${c}.`,
    neighbours: `A vote of the ${neighbours} nearest of the pictures that taught, by cosine distance of the features of ${basis}${added}. The pack holds those features, not the pictures, and no names.`,
    perceptron: `One hidden layer of ${hidden} units (tanh) on the features of ${basis}${added}, L2 penalty, C = ${c}.`,
  }[head.kind];
}

/** What a person who gets this pack wants to know: made of what, how good, and what it is not. */
export function packCard({ name, version, base, taught, training, counts, dataHash }: HeadPackPlan): string {
  const { measured, verdict, published } = taught;
  const { settings } = training;
  const basis = packLabel(base.manifest);
  return [
    `# ${name} ${version}`,
    '',
    `A last layer on the graph of ${basis}, taught on one person's pictures. It was made by a training on a computer of its own, not by the makers of ${basis}.`,
    '',
    '## Data',
    '',
    `${counts.trained} pictures taught, ${counts.tested} others tested; near copies and what shares a site or a folder stand on one side. Hash of the data: \`${dataHash}\`.`,
    '',
    '## Method',
    '',
    `${methodOf(taught, basis)} Seed ${settings.seed}.`,
    '',
    '## Result',
    '',
    ...(measured
      ? [
          '| pack | area under ROC (95 % over sources) | balanced accuracy | real pictures called likely AI | calibration error |',
          '|---|---|---|---|---|',
          row(`${name} ${version}`, measured.own),
          row(basis, measured.base),
          '',
        ]
      : ['Nothing could be set aside to test: the pictures come from too few sources.', '']),
    {
      better: `Better than ${basis} on these pictures.`,
      'no-better': `No better than ${basis} on these pictures.`,
      'too-few': 'Too few pictures to tell whether it is better.',
    }[verdict],
    '',
    '## Limits',
    '',
    published
      ? `"Likely AI" was held to the real pictures published with ${basis}: of ${published.pictures} looks at them it accuses ${published.own}, ${basis} ${published.base}.`
      : `${basis} brings no published real pictures, so "likely AI" was held to the held-out pictures of this set alone, and is never said more lightly than by ${basis}.`,
    'What it says of other kinds of pictures than these was not measured.',
    '',
  ].join('\n');
}
