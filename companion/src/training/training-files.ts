import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { readPrivateFile, writePrivateFile } from '../settings/private-file.ts';

/** Longest document: the predictions of ten thousand pictures have 4 MB. */
const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;
/** Names of folders that Touchstone gives here: ULIDs. */
const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const NEWLINE = 10;

/** Folders of this kind that are complete; what a process left that died in the middle of making one is removed. */
export async function listFolders(parent: string): Promise<string[]> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const names = await readdir(parent);
  for (const name of names.filter((one) => one.startsWith('.new-'))) await removeFolder(join(parent, name));
  return names.filter((name) => ID.test(name)).sort();
}

/** Makes a folder whole or not at all. @param fill gets a folder that has another name until it is done */
export async function makeFolder(parent: string, id: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const draft = join(parent, `.new-${id}`);
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    await fill(draft);
    await rename(draft, join(parent, id));
  } catch (error) {
    await removeFolder(draft);
    throw error;
  }
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

export const writeDocument = (path: string, value: unknown): Promise<void> =>
  writePrivateFile(path, JSON.stringify(value));

/** @returns undefined for a file that is missing or damaged */
export async function readDocument<const Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
): Promise<v.InferOutput<Schema> | undefined> {
  try {
    const parsed = v.safeParse(schema, JSON.parse(await readPrivateFile(path, MAX_DOCUMENT_BYTES)));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** Takes away what a process was writing when it died: a last line without an end. */
async function mendLines(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found || found.size === 0) return;
  const bytes = await readFile(path);
  if (bytes.at(-1) !== NEWLINE) await truncate(path, bytes.lastIndexOf(NEWLINE) + 1);
}

/** JSON values, one a line, those that are damaged left out. */
export async function readLines<const Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>[]> {
  await mendLines(path);
  const values: v.InferOutput<Schema>[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      const parsed = v.safeParse(v.pipe(v.string(), v.parseJson()), line);
      const value = parsed.success ? v.safeParse(schema, parsed.output) : undefined;
      if (value?.success) values.push(value.output);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return values;
}

/** Writes a file of lines anew with those that are kept. @returns whether any went */
export async function rewriteLines<const Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
  keeps: (value: v.InferOutput<Schema>) => boolean,
): Promise<boolean> {
  const values = await readLines(path, schema);
  const kept = values.filter(keeps);
  if (kept.length === values.length) return false;
  await writePrivateFile(path, kept.map((value) => `${JSON.stringify(value)}\n`).join(''));
  return true;
}

export const addLine = (path: string, value: unknown): Promise<void> =>
  appendFile(path, `${JSON.stringify(value)}\n`, { mode: 0o600 });
