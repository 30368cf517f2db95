import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GLIBC_TUNABLES, NODE_FLAGS } from '../companion/src/workers/node-settings.mjs';
import { projectNode, root } from './project.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');

/** Instructions of the Dockerfile, each in one line, by the stage that they belong to. */
const stages = read('companion/Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n\s*/g, ' ')
  .split(/^(?=FROM )/m)
  .map((text) => text.split('\n').filter(Boolean))
  .filter(([first]) => first?.startsWith('FROM '));
const last = stages.at(-1) ?? [];

/** @returns what stands behind the only instruction of this name */
function only(name) {
  const found = last.filter((line) => line.startsWith(`${name} `));
  expect(found, name).toHaveLength(1);
  return found[0].slice(name.length + 1).trim();
}

describe('the Dockerfile', () => {
  it('stands on pinned images of the project’s own Node', () => {
    const { devDependencies } = JSON.parse(read('package.json'));
    expect(stages).toHaveLength(2);
    for (const [from] of stages)
      expect(from).toMatch(new RegExp(`^FROM node:${devDependencies.node}-\\S+( AS build)?$`));
    const pnpm = read('companion/Dockerfile').match(/pnpm@[\d.]+/g) ?? [];
    expect(new Set(pnpm)).toEqual(new Set([JSON.parse(read('package.json')).packageManager]));
  });

  it('runs on what the companion is started with everywhere', () => {
    expect(JSON.parse(only('ENTRYPOINT'))).toEqual(['node', ...NODE_FLAGS, 'companion/src/daemon/main.ts']);
    expect(only('ENV')).toContain(`GLIBC_TUNABLES=${GLIBC_TUNABLES}`);
  });

  it('runs as nobody in particular, who may change nothing but the data', () => {
    expect(only('USER')).toBe('10001:10001');
    expect(only('VOLUME')).toBe('/data');
    expect(only('ENV')).toContain('TOUCHSTONE_HOME=/data');
    expect(only('RUN')).toBe('install -d -o 10001 -g 10001 -m 0700 /data');
    expect(last.filter((line) => /^(COPY|ADD) .*--chown/.test(line))).toEqual([]);
    // A user without a name has no home either.
    expect(only('ENV')).toMatch(/ HOME=\/data /);
  });

  it('starts programs that are there, without a shell', () => {
    for (const line of [only('ENTRYPOINT'), only('HEALTHCHECK').replace(/^.*CMD /, '')]) {
      const [program, ...args] = JSON.parse(line);
      expect(program).toBe('node');
      const path = args.find((arg) => !arg.startsWith('-'));
      expect(existsSync(join(root, path)), path).toBe(true);
    }
  });

  it('is documented with the host’s network, a read-only file system and no rights', () => {
    const page = read('docs/runbook.md');
    for (const flag of ['--network host', '--read-only', '--cap-drop ALL', 'no-new-privileges']) {
      expect(page).toContain(flag);
    }
  });
});

describe('its health check', () => {
  const check = (port) =>
    spawnSync(projectNode(), [join(root, 'scripts', 'container-health.mjs')], {
      env: { ...process.env, TOUCHSTONE_PORT: String(port) },
    }).status;

  it('asks /health, and fails where nobody answers well', async () => {
    const asked = [];
    // In a process of its own: the check is waited for.
    const program = `const server = require('node:http').createServer((request, response) => {
        response.statusCode = request.url === '/health' ? 200 : 404;
        response.end();
      });
      server.listen(0, '127.0.0.1', () => process.stdout.write(String(server.address().port)));`;
    const server = spawn(projectNode(), ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const port = await new Promise((resolve) => server.stdout.once('data', (data) => resolve(Number(data))));
    asked.push(check(port));
    server.kill();
    await new Promise((resolve) => server.once('exit', resolve));
    asked.push(check(port));
    expect(asked).toEqual([0, 1]);
  });
});
