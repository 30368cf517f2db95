import { globSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PNPM_VERSION, pnpmCommand, projectNode, root } from './project.mjs';

describe('project', () => {
  it('starts the pnpm that package.json names', () => {
    const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(packageManager).toBe(`pnpm@${PNPM_VERSION}`);
    expect(pnpmCommand(['install'], {}).args).toEqual(['-y', `pnpm@${PNPM_VERSION}`, 'install']);
  });

  it('finds its own Node, and none in a fresh clone', () => {
    expect(projectNode()).toContain(join('node_modules', 'node', 'bin'));
    expect(projectNode(tmpdir())).toBeUndefined();
  });
});

it.each(globSync('*.d.mts', { cwd: join(root, 'scripts') }))(
  '%s declares what its module exports',
  async (declaration) => {
    const text = readFileSync(join(root, 'scripts', declaration), 'utf8');
    const declared = [...text.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)].map(([, name]) => name);
    const module = await import(`./${declaration.replace('.d.mts', '.mjs')}`);
    expect(declared.length).toBeGreaterThan(0);
    expect(declared.filter((name) => !(name in module))).toEqual([]);
  },
);
