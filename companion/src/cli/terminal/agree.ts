import { createInterface } from 'node:readline/promises';

/** Asks on the terminal whether to download what was described; where nobody can answer, only `--yes` is a yes. */
export async function agree(description: string, yes: boolean): Promise<boolean> {
  process.stderr.write(description);
  if (yes) return true;
  if (!process.stdin.isTTY) {
    process.stderr.write('Nobody can answer here; give --yes to download it.\n');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Download it? [y/N] ');
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
