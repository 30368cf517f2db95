import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../..');
/** Files given to one run of the command line; argument lists have an end. */
const FILES_A_RUN = 500;

/** What a person asks about is judged by both packs together; the name that stands for them beside names of packs. */
const TOGETHER = 'together';

export interface Answer {
  readonly file: string;
  /** Calibrated probabilities by name of the pack, before metadata has its say; none where the product gave an error. */
  readonly probabilities: ReadonlyMap<string, number>;
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
  const named = pack === TOGETHER ? [] : ['--pack', pack];
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'companion/src/cli/main.ts', 'check', '--json', ...named, ...files],
    { cwd: root, env: { ...process.env, TOUCHSTONE_HOME: home }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Line;
    onAnswer({ file: line.file, probabilities: probabilitiesIn(line), verdict: line.verdict });
  }
}

/** Every pack's word, and that of two together, whose name joins theirs. */
function probabilitiesIn({ evidence = [] }: Line): Map<string, number> {
  const found = new Map<string, number>();
  for (const { kind, details } of evidence) {
    const { pack, probability } = details;
    if (kind !== 'classifier' || pack === undefined || probability === undefined) continue;
    found.set(pack.includes(' + ') ? TOGETHER : pack, probability);
  }
  return found;
}

/** Judges files with the product itself (`touchstone check --json`), in a data folder of its own that is removed. @param pack its name, or `together` */
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
