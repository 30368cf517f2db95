import { createReadStream } from 'node:fs';
import { CheckVideoLine, type ResultRecord, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import type { CompanionLink } from '../link/companion-link.ts';
import type { JudgeVideoRequest } from './judge.ts';

/** Longest line of an answer: a record with 2,000 moments and their faces has about a megabyte. */
const MAX_LINE_CHARACTERS = 16 * 1024 * 1024;

/**
 * Streams a video to a running companion and reads its lines.
 * @throws TouchstoneError with the companion's code; `companion-unreachable` when it ends before the result
 */
export async function checkVideoThere(
  link: CompanionLink,
  pack: string | undefined,
  { path, fileName, signal, onProgress }: JudgeVideoRequest,
): Promise<ResultRecord> {
  const query = new URLSearchParams();
  if (fileName !== undefined) query.set('fileName', fileName);
  if (pack !== undefined) query.set('pack', pack);
  const file = createReadStream(path);
  const opened = new Promise<void>((resolve, reject) => {
    file.once('ready', resolve);
    file.once('error', (cause) => reject(new TouchstoneError('file-unreadable', String(cause), { cause })));
  });
  await opened;
  const answer = await link.fetch(`/api/check-video?${query}`, { method: 'POST', body: file, signal });
  for await (const text of linesOf(answer, signal)) {
    const line = v.safeParse(CheckVideoLine, parseJson(text));
    if (!line.success) throw new TouchstoneError('companion-too-old', 'the answer to a video is not what was agreed');
    if (line.output.type === 'result') return line.output.record;
    if (line.output.type === 'error') throw TouchstoneError.fromReport(line.output.error);
    onProgress(line.output);
  }
  throw new TouchstoneError(signal.aborted ? 'cancelled' : 'companion-unreachable');
}

async function* linesOf({ body }: Response, signal: AbortSignal): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > MAX_LINE_CHARACTERS) throw new TouchstoneError('companion-too-old', 'a line has no end');
      yield* lines;
    }
  } catch (cause) {
    if (cause instanceof TouchstoneError) throw cause;
    throw new TouchstoneError(signal.aborted ? 'cancelled' : 'companion-unreachable', String(cause), { cause });
  }
  if (rest !== '') yield rest;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
