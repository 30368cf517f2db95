import { describe, expect, it } from 'vitest';
import { createInstruments } from './instruments.ts';
import { METRICS, type Metric } from './metric-table.ts';

const table = Object.entries<Metric>(METRICS);

function documentOf(): string {
  const rows = table.map(
    ([name, { type, help, labels, needs }]) =>
      `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help}${needs ? ` Only with ${needs}.` : ''} |`,
  );
  return [
    '# Metrics',
    '',
    'What `GET /metrics` answers to a token that may `read`, and to the control token: Prometheus text, on loopback and on the private socket',
    'alone. Nothing is sent anywhere. Written from the [table of metrics](../companion/src/metrics/metric-table.ts) by its test',
    '(`npm run unit -- companion/src/metrics/metric-table.test.ts -u`). Dashboard, alerts and a configuration for Prometheus lie in',
    '[companion/observability](../companion/observability); what to do about an alert stands in the [runbook](runbook.md).',
    '',
    '| name | type | labels | what it says |',
    '|---|---|---|---|',
    ...rows,
    '',
    'Stages of a check: `receive` (bytes to format, size and hash), `queue`, `decode` (with the first pack’s views), `preprocess` (views that were not',
    'made while decoding), `inference`, `faces` (of what a person asks about), `evidence` (metadata, Content Credentials, facts of the pixels), `record` (written to the history), `total`.',
    'Frames of playing videos and of files are their own `medium`.',
    '',
    'No label carries an address, a name of a file or anything else that a page, a file or a person wrote; packs that are not installed any more share',
    'the label `other`. Checks from private windows and during a pause of recording are in the times of stages, and in no number about verdicts.',
    '',
    'Memory and processor time are told by what a process does: `companion` (with its threads `inference`, `faces` and `provenance`, whose processor time is also',
    'told alone), `picture-decoder` and `video-decoder`. Sizes in the data folder are looked at once a minute at most, graphics processors every ten',
    'seconds, both only when somebody asks, and nobody waits for them.',
    '',
    'Drift compares the last 2,000 pictures a pack scored with the bands of its card: of all mixes of generated and camera pictures the one that fits',
    'best is taken, so that meeting fewer generated pictures than the card’s set holds is no drift; what is left is told as a population stability',
    'index (0.1 is little, 0.25 is much). Below 100 pictures nothing is told.',
    '',
  ].join('\n');
}

describe('the table of metrics', () => {
  it('is what docs/metrics.md shows', async () => {
    await expect(documentOf()).toMatchFileSnapshot('../../../docs/metrics.md');
  });

  it('names things as Prometheus does: base units, totals of counters, nothing of a type', () => {
    for (const [name, { type, help }] of table) {
      expect(name).toMatch(/^touchstone(_[a-z]+)+$/);
      expect(name.endsWith('_total'), name).toBe(type === 'counter');
      expect(name).not.toMatch(/_(ms|milliseconds|kb|mb|percent|counter|gauge|histogram|summary)(_|$)/);
      expect(help.endsWith('.'), name).toBe(true);
    }
  });

  it('has only labels of few values, all of which the code chooses', () => {
    const labels = new Set(table.flatMap(([, metric]) => metric.labels));
    const known =
      'cache code direction gpu kind label lane medium method outcome pack process provider route stage state statistic status verdict version where';
    expect([...labels].toSorted()).toEqual(known.split(' '));
  });

  it('is shown whole, also where nothing was counted yet', async () => {
    const text = await createInstruments().text();
    for (const [name, { type }] of table) expect(text).toContain(`# TYPE ${name} ${type}\n`);
  });

  it('two companions in one process share no number', async () => {
    const [one, other] = [createInstruments(), createInstruments()];
    one.add('touchstone_errors_total', { code: 'busy', where: 'http' });
    expect(await other.read('touchstone_errors_total')).toEqual([]);
  });
});
