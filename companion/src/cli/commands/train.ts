import { setTimeout as wait } from 'node:timers/promises';
import { type Dataset, TouchstoneError, type Training, TrainingSettings } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import * as v from 'valibot';
import { type CompanionLink, needCompanion } from '../link/companion-link.ts';
import { interruptSignal } from '../terminal/endings.ts';
import { givenPath } from '../terminal/given-path.ts';
import { progressText, resultText, summaryText } from '../train/training-text.ts';

/** How often a training is asked how far it is, in milliseconds. */
const ASK_EVERY_MS = 300;
const EXIT_FAILED = 2;

export interface TrainOptions {
  /** From what a person labelled in the history. */
  readonly labels?: boolean;
  /** The packaged demo set, alone or joined to the other pictures. */
  readonly demo?: boolean;
  readonly name?: string;
  readonly base?: string;
  readonly model?: string;
  readonly start?: string;
  readonly penalty?: number;
  readonly neighbours?: number;
  readonly hidden?: number;
  readonly testShare?: number;
  readonly seed?: number;
  readonly use?: boolean;
  readonly json?: boolean;
}

function settingsOf(options: TrainOptions): TrainingSettings {
  const { name, model, start, penalty, neighbours, hidden, testShare, seed } = options;
  const wanted = { name, model, start, penalty, neighbours, hidden, testShare, seed };
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  const parsed = v.safeParse(TrainingSettings, Object.fromEntries(given));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new TouchstoneError('bad-request', `--${v.getDotPath(issue)}: ${issue.message}`);
}

/** One line that is written over, where somebody watches. */
function createLine() {
  const { stderr } = process;
  const write = (text: string): void => void (stderr.isTTY && stderr.write(`\r\x1b[K${text}`));
  return { show: (what: Dataset | Training) => write(progressText(what)), clear: () => write('') };
}

async function untilEnded<Work extends Dataset | Training>(
  ask: () => Promise<Work>,
  show: (work: Work) => void,
  signal: AbortSignal,
): Promise<Work> {
  for (;;) {
    const work = await ask();
    show(work);
    if (work.state !== 'pending' && work.state !== 'processing') return work;
    await wait(ASK_EVERY_MS, undefined, { signal });
  }
}

function needCompleted<Work extends Dataset | Training>(work: Work): Work {
  if (work.state === 'completed') return work;
  throw work.error ? TouchstoneError.fromReport(work.error) : new TouchstoneError('cancelled');
}

async function newDataset(link: CompanionLink, path: string | undefined, options: TrainOptions): Promise<Dataset> {
  const base = options.base === undefined ? {} : { base: options.base };
  const joined = { ...base, demo: options.demo ?? false };
  if (path !== undefined)
    return link.call(api.teachDatasets.fromFolder, { body: { path: givenPath(path), ...joined } });
  if (options.labels) return link.call(api.teachDatasets.fromLabels, { body: joined });
  return link.call(api.teachDatasets.fromDemo, { body: base });
}

/**
 * `touchstone train`: teaches a pack in the running companion, shows what is in the pictures, how far it is and what came of it.
 * @param path of a folder with `ai` and `real`, or a CSV file; undefined for the labels of the history, or the demo set alone
 * @returns exit code
 * @throws TouchstoneError `dataset-unusable`, `bad-request`, `pack-unknown`, `companion-unreachable`
 */
export async function train(path: string | undefined, options: TrainOptions): Promise<number> {
  if (path !== undefined && options.labels) {
    throw new TouchstoneError('bad-request', 'give either a folder or a CSV file, or --labels');
  }
  if (path === undefined && !options.labels && !options.demo) {
    throw new TouchstoneError('bad-request', 'give a folder, a CSV file, --labels or --demo');
  }
  const settings = settingsOf(options);
  const link = await needCompanion();
  const signal = interruptSignal();
  const line = createLine();
  const tell = (text: string, value: unknown): void => {
    process.stdout.write(options.json ? `${JSON.stringify(value)}\n` : text);
  };
  const { id: dataset } = await newDataset(link, path, options);
  let training: string | undefined;
  try {
    const params = { id: dataset };
    const looked = needCompleted(
      await untilEnded(() => link.call(api.teachDatasets.get, { params }), line.show, signal),
    );
    line.clear();
    tell(summaryText(looked), looked);
    training = (await link.call(api.teachTrainings.create, { body: { dataset, settings } })).id;
    const ofTraining = { params: { id: training } };
    const ended = needCompleted(
      await untilEnded(() => link.call(api.teachTrainings.get, ofTraining), line.show, signal),
    );
    line.clear();
    const result = await link.call(api.teachTrainings.result, ofTraining);
    tell(resultText(result), { ...ended, result });
    if (options.use) {
      await link.call(api.teachTrainings.use, ofTraining);
      if (!options.json) process.stdout.write(`${result.pack} is in use.\n`);
    }
    return 0;
  } catch (error) {
    line.clear();
    if (!signal.aborted) throw error;
    if (training) await link.call(api.teachTrainings.remove, { params: { id: training } });
    else await link.call(api.teachDatasets.remove, { params: { id: dataset } });
    process.stderr.write('Stopped.\n');
    return EXIT_FAILED;
  }
}
