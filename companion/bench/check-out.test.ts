import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { commitBefore } from './check-out.ts';

function clone() {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-clone-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const git = (...args: string[]): string => {
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@test.invalid'];
    return execFileSync('git', [...who, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  };
  const commit = (text: string): string => {
    writeFileSync(join(folder, 'file'), text);
    git('add', 'file');
    git('commit', '-q', '--no-verify', '-m', text);
    return git('rev-parse', '--short', 'HEAD');
  };
  return { folder, git, commit };
}

it('the commit before is the one before the last, and the last one while something is not committed', async () => {
  const { folder, git, commit } = clone();
  git('init', '-q');
  const [first, second] = [commit('one'), commit('two')];
  expect(await commitBefore(folder)).toBe(first);
  writeFileSync(join(folder, 'file'), 'three');
  expect(await commitBefore(folder)).toBe(second);
});

it('there is none in the first commit, nor where there is no clone', async () => {
  const { folder, git, commit } = clone();
  expect(await commitBefore(folder)).toBeUndefined();
  git('init', '-q');
  commit('one');
  expect(await commitBefore(folder)).toBeUndefined();
});
