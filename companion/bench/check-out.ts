import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commandEnvironment, pnpmCommand, root } from '../../scripts/project.mjs';

const run = promisify(execFile);

/** A registry that answers takes less; one that does not is no reason to wait. */
const INSTALL_LIMIT_MS = 240_000;

/** Another commit in a folder of its own, with its packages; removed by what is returned. @param revision as git names it */
export async function checkOut(revision: string): Promise<{ folder: string; remove(): Promise<void> }> {
  const parent = await mkdtemp(join(tmpdir(), 'touchstone-bench-'));
  const folder = join(parent, 'before');
  await run('git', ['worktree', 'add', '--detach', folder, revision], { cwd: root });
  const remove = async () => {
    await run('git', ['worktree', 'remove', '--force', folder], { cwd: root });
    await rm(parent, { recursive: true, force: true });
  };
  try {
    const { command, args, shell } = pnpmCommand(['install', '--frozen-lockfile', '--prefer-offline']);
    await run(command, args, { cwd: folder, env: commandEnvironment(), shell, timeout: INSTALL_LIMIT_MS });
  } catch (cause) {
    await remove();
    throw cause;
  }
  return { folder, remove };
}

/**
 * The commit that this checkout is a change of: its last one where something is not committed, else the one before that.
 * @param folder of the checkout
 * @returns undefined where git does not know it: no clone, the first commit, or a clone without its history
 */
export async function commitBefore(folder: string = root): Promise<string | undefined> {
  try {
    const changed =
      (await run('git', ['status', '--porcelain', '--untracked-files=no'], { cwd: folder })).stdout !== '';
    const wanted = changed ? 'HEAD' : 'HEAD~1';
    return (
      await run('git', ['rev-parse', '--verify', '--short', `${wanted}^{commit}`], { cwd: folder })
    ).stdout.trim();
  } catch {
    return undefined;
  }
}
