import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { HeadFile, modelOf } from '../heads/head-file.ts';
import type { HeadKind, HeadModel } from '../heads/head-model.ts';
import { MAX_HEAD_BYTES, type PackFile } from './pack-schema.ts';
import { readPlainText } from './plain-text.ts';
import { checkPackFile } from './verify-files.ts';

/**
 * Reads the file of a head and holds it against what the pack says of it.
 * @param kind that it must be; @param size features that it reads
 * @throws TouchstoneError `pack-invalid`
 */
export async function readHeadFile(
  folder: string,
  described: PackFile,
  kind: HeadKind,
  size: number,
): Promise<HeadModel> {
  const { file } = described;
  const path = join(folder, file);
  await checkPackFile(path, described);
  const text = await readPlainText(path, MAX_HEAD_BYTES[kind]);
  if (createHash('sha256').update(text).digest('hex') !== described.sha256) {
    throw new TouchstoneError('pack-invalid', `${file} does not have the sha256 of pack.json`);
  }
  const line = parsed(text, file);
  if (line.kind !== kind)
    throw new TouchstoneError('pack-invalid', `${file} holds a ${line.kind} instead of a ${kind}`);
  try {
    return modelOf(line, size);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new TouchstoneError('pack-invalid', `${file} ${words}`, { cause });
  }
}

function parsed(text: string, file: string): HeadFile {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new TouchstoneError('pack-invalid', `${file} is not JSON`, { cause });
  }
  const result = v.safeParse(HeadFile, data);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new TouchstoneError('pack-invalid', `${file}, ${v.getDotPath(issue) ?? 'as a whole'}: ${issue.message}`);
}
