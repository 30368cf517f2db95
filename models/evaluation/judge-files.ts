import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../..');
/** Files given to one run of the command line; argument lists have an end. */
const FILES_A_RUN = 500;

export interface Answer {
  readonly file: string;
  /** The pack's own calibrated probability, before metadata has its say; undefined where the product gave an error. */
  readonly probability: number | undefined;
  readonly verdict: string | undefined;
}

interface Line {
  readonly file: string;
  readonly verdict?: string;
  readonly evidence?: {
    readonly kind: string;
    readonly details: { readonly pack?: string; readonly probability?: number };
  }[];
}

async function run(
  files: readonly string[],
  pack: string,
  home: string,
  onAnswer: (answer: Answer) => void,
): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'companion/src/cli/main.ts', 'check', '--json', '--pack', pack, ...files],
    { cwd: root, env: { ...process.env, TOUCHSTONE_HOME: home }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Line;
    const own = line.evidence?.find(({ kind, details }) => kind === 'classifier' && details.pack === pack);
    onAnswer({ file: line.file, probability: own?.details.probability, verdict: line.verdict });
  }
}

/** Judges files with the product itself (`touchstone check --json`), in a data folder of its own that is removed. */
export async function judgeFiles(
  files: readonly string[],
  pack: string,
  onAnswer: (answer: Answer) => void,
): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'touchstone-evaluation-'));
  try {
    for (let start = 0; start < files.length; start += FILES_A_RUN) {
      await run(files.slice(start, start + FILES_A_RUN), pack, home, onAnswer);
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
