import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { companionProgram } from '../../autostart/program.ts';
import { type HostPlace, hostManifest } from './host-places.ts';

/** How long the system's own program may take, in milliseconds. */
const COMMAND_MS = 20_000;

/** One word for sh: nothing in it means anything but itself. */
const word = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A program of its own, because a manifest names no arguments: our Node, our host, the settings of the person. */
export function hostProgram(platform: NodeJS.Platform, environment = process.env): { name: string; text: string } {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const { command, environment: kept } = companionProgram(environment);
  const [node, ...flags] = command.slice(0, -1);
  if (platform === 'win32') {
    const settings = Object.entries(kept).map(([name, value]) => `set "${name}=${value}"`);
    const line = [node, ...flags, main].map((part) => `"${part}"`).join(' ');
    return { name: 'touchstone-browser.cmd', text: ['@echo off', ...settings, `${line} %*`, ''].join('\r\n') };
  }
  const settings = Object.entries(kept).map(([name, value]) => `export ${name}=${word(value)}`);
  const line = [node ?? '', ...flags, main].map(word).join(' ');
  return { name: 'touchstone-browser', text: ['#!/bin/sh', ...settings, `exec ${line} "$@"`, ''].join('\n') };
}

/** Writes the program and what names it. @returns its path */
export function installHost(places: readonly HostPlace[], dataFolder: string, platform = process.platform): string {
  const { name, text } = hostProgram(platform);
  const program = join(dataFolder, 'native-host', name);
  mkdirSync(dirname(program), { recursive: true, mode: 0o700 });
  // A link in its place is not followed.
  rmSync(program, { force: true });
  writeFileSync(program, text, { mode: 0o700, flag: 'wx' });
  for (const { browser, file, key } of places) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    rmSync(file, { force: true });
    writeFileSync(file, `${JSON.stringify(hostManifest(browser, program), null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    if (key) spawnSync('reg', ['add', key, '/ve', '/t', 'REG_SZ', '/d', file, '/f'], { timeout: COMMAND_MS });
  }
  return program;
}

/** Removes them again, and nothing else. */
export function removeHost(places: readonly HostPlace[], dataFolder: string): void {
  for (const { file, key } of places) {
    rmSync(file, { force: true });
    if (key) spawnSync('reg', ['delete', key, '/f'], { timeout: COMMAND_MS });
  }
  rmSync(join(dataFolder, 'native-host'), { recursive: true, force: true });
}

/** "foreign": what is there names a program that is gone, or is none of ours. */
export type HostState = 'installed' | 'missing' | 'foreign';

export function hostState({ browser, file }: HostPlace): HostState {
  if (!existsSync(file)) return 'missing';
  try {
    const found = JSON.parse(readFileSync(file, 'utf8'));
    const ours = JSON.stringify(found) === JSON.stringify(hostManifest(browser, String(found.path)));
    return ours && existsSync(found.path) ? 'installed' : 'foreign';
  } catch {
    return 'foreign';
  }
}
