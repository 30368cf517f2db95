import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface StartedCompanion {
  /** Everything it has printed so far, both streams. */
  output(): string;
  /** Resolves when the output holds the text. @throws when the program ends before */
  says(text: string): Promise<void>;
  /** Resolves to the exit code when it ends. */
  readonly exit: Promise<number | null>;
  /** Sends the signal and waits for the end. @returns exit code */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Runs the real `touchstone start` on a free port until it is ended. */
export function startTouchstone(home: string, port = 0): StartedCompanion {
  const child: ChildProcess = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'start'], {
    env: { ...process.env, TOUCHSTONE_HOME: home, TOUCHSTONE_PORT: String(port), TOUCHSTONE_NO_OPEN: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  const exit = new Promise<number | null>((done) => {
    child.once('exit', (code) => {
      done(code);
      for (const listen of listeners) listen();
    });
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const listen of listeners) listen();
    });
  }
  return {
    output: () => output,
    exit,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (output.includes(text)) resolve();
          else if (child.exitCode !== null) reject(new Error(`it ended with ${child.exitCode}:\n${output}`));
          else return;
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      }),
    async end(signal) {
      if (child.exitCode === null) child.kill(signal);
      return exit;
    },
  };
}
