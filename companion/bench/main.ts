import '@touchstone/models/telemetry-off';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findPack, listPacks } from '@touchstone/models';
import { measureAgainst, printComparison } from './against.ts';
import { printCapacity } from './capacity/capacity.ts';
import { coldStart, idleMemory } from './cold-start.ts';
import { httpApi } from './http-api.ts';
import { askedLatency, latency } from './latency.ts';
import { liveLatency } from './live.ts';
import { liveMemory } from './live-memory.ts';
import { pendingStart } from './pending-start.ts';
import { pictureCostAgainst } from './picture-cost.ts';
import { printTable } from './print-table.ts';
import { provenanceReading } from './provenance/reading.ts';
import { rejudging } from './rejudge.ts';
import { scrapeTimes } from './scrape.ts';
import type { Measurement } from './statistics.ts';
import { teaching, teachingUncached } from './teaching.ts';
import { notifyAgainstPolling } from './team/notify.ts';
import { quickPackTeam } from './team/quick-pack.ts';
import { recordSize } from './team/record-size.ts';
import { simulatedTeam } from './team/simulated.ts';
import { throughput } from './throughput.ts';
import { videoFile, videoMemory } from './video.ts';

/**
 * `pnpm bench [live|video|memory|provenance|http|heads|teach|team|capacity] [--json] [--quick] [--against REV]`: what Touchstone adds to the bare work, measured against that work in
 * the same run. `live`: only playing videos; `video`: only video files; `memory`: over 20,000 frames of either; `provenance`: only metadata and Content Credentials of a 5 MB JPEG; `http`: only the API of programs and its metrics; `heads`: only another head on 1,000 pictures that its encoder has seen; `teach`: only packs taught from 2,000 pictures that were looked at, and 2,000 that were not, on both shipped packs; `team`: only a team's workers on a PostgreSQL of their own, with the quick pack and with a clock in its place, against a companion on its own; `capacity`: nothing is measured, but said what larger teams need (docs/capacity.md).
 * --json prints one object a line; --quick takes a tenth of the samples. `--against REV [--rounds 3]` runs it by turns here and in a
 * checkout of another commit, prints both, and fails where this one is worse by more than the runs differ among themselves;
 * with `picture` only what a picture costs, asked of both companions by turns.
 */
const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean' },
    quick: { type: 'boolean' },
    against: { type: 'string' },
    rounds: { type: 'string', default: '3' },
  },
  allowPositionals: true,
});
const samples = values.quick ? 0.1 : 1;

if (values.against !== undefined) {
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds must be a whole number from 1, not "${values.rounds}".`);
  const found = positionals.includes('picture')
    ? (await pictureCostAgainst(values.against, { rounds: 3 * rounds, limitMs: Number.POSITIVE_INFINITY })).comparisons
    : await measureAgainst(values.against, rounds, [...(values.quick ? ['--quick'] : []), ...positionals]);
  if (values.json) for (const one of found) process.stdout.write(`${JSON.stringify(one)}\n`);
  else printComparison(found);
  process.exit(found.some(({ slower }) => slower) ? 1 : 0);
}

const { packs } = await listPacks([fileURLToPath(new URL('../../models/packs', import.meta.url))]);
const pack = findPack(packs, 'quick') ?? findPack(packs, 'starter');
if (!pack) throw new Error('no quick pack is installed');

/** The clients ask for as long as all rounds together: 30 s. */
const HTTP = { rounds: Math.max(1, Math.round(5 * samples)), seconds: 6, accepted: Math.round(200 * samples) };

const measurements: Measurement[] = [];
const report = (found: readonly Measurement[]): void => {
  measurements.push(...found);
  if (values.json) for (const one of found) process.stdout.write(`${JSON.stringify(one)}\n`);
};

if (!values.json) {
  const { name, version } = pack.manifest;
  process.stderr.write(`${cpus()[0]?.model ?? 'CPU'}, ${availableParallelism()} cores, pack ${name} ${version}\n`);
}
if (positionals.includes('capacity')) {
  printCapacity();
} else if (positionals.includes('live')) {
  report(await liveLatency(Math.round(60 * samples)));
} else if (positionals.includes('video')) {
  report(await videoFile({ quick: pack, thorough: findPack(packs, 'thorough') }, Math.max(1, Math.round(7 * samples))));
} else if (positionals.includes('memory')) {
  report(await liveMemory(Math.round(20_000 * samples), 'stand-in'));
  report(await liveMemory(Math.round(20_000 * samples), 'packs'));
  report(await videoMemory(Math.round(20_000 * samples)));
} else if (positionals.includes('provenance')) {
  report(await provenanceReading(Math.round(100 * samples)));
} else if (positionals.includes('heads')) {
  report(await rejudging(pack, Math.round(1_000 * samples)));
} else if (positionals.includes('teach')) {
  report(await teaching(Math.round(2_000 * samples), Math.max(1, Math.round(3 * samples))));
  for (const name of ['quick', 'thorough']) {
    const base = findPack(packs, name);
    if (base) report(await teachingUncached(base, Math.round(2_000 * samples)));
  }
} else if (positionals.includes('team')) {
  const [captures, questions] = [Math.round(10_000 * samples), Math.round(100 * samples)];
  report(await quickPackTeam(pack, captures, questions));
  report(await notifyAgainstPolling(questions));
  report(await recordSize(captures));
  report(await simulatedTeam(captures, questions));
} else if (positionals.includes('http')) {
  report(await httpApi(pack, HTTP));
  report(await pendingStart(Math.max(1, Math.round(5 * samples))));
  report(await scrapeTimes(Math.round(100 * samples)));
} else {
  report(await coldStart(Math.max(1, Math.round(5 * samples))));
  report(await idleMemory());
  report(await latency(pack, Math.round(200 * samples)));
  const thorough = findPack(packs, 'thorough');
  if (thorough) report(await askedLatency([pack, thorough], Math.round(50 * samples)));
  report(await throughput(pack, { rounds: Math.max(1, Math.round(5 * samples)), seconds: 6 }));
  report(await httpApi(pack, HTTP));
  report(await pendingStart(Math.max(1, Math.round(5 * samples))));
  report(await rejudging(pack, Math.round(1_000 * samples)));
  report(await scrapeTimes(Math.round(100 * samples)));
}
if (!values.json && measurements.length > 0) printTable(measurements);
