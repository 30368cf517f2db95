import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FiniteNumber } from '@touchstone/shared';
import * as v from 'valibot';
import { readPrivateFile, writePrivateFile } from '../settings/private-file.ts';

/** Longest name of a socket or pipe, in characters. */
const MAX_SOCKET_LENGTH = 256;

/** How programs of the same person reach the running companion. Readable by that person only; a new token each start. */
export const ControlFile = v.object({
  port: v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(65_535)),
  token: v.pipe(v.string(), v.minLength(20)),
  /** Unix domain socket, or named pipe on Windows, on which the command line is served. */
  socket: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_SOCKET_LENGTH)),
  pid: v.pipe(FiniteNumber, v.integer(), v.minValue(1)),
});
export type ControlFile = v.InferOutput<typeof ControlFile>;

function pathOf(home: string): string {
  return join(home, 'control.json');
}

export async function writeControlFile(home: string, control: ControlFile): Promise<void> {
  await writePrivateFile(pathOf(home), `${JSON.stringify(control)}\n`);
}

/** @returns undefined when there is none, or none that can be read */
export async function readControlFile(home: string): Promise<ControlFile | undefined> {
  try {
    const parsed = v.safeParse(ControlFile, JSON.parse(await readPrivateFile(pathOf(home))));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

export async function removeControlFile(home: string): Promise<void> {
  await rm(pathOf(home), { force: true });
}
