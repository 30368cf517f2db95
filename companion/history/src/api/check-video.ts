import { CheckVideoLine, type ResultRecord, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { request } from './request.ts';

export type VideoProgress = Extract<CheckVideoLine, { type: 'progress' }>;

/** One line holds a record at most; its timeline of 2,000 moments with faces stays under this many characters. */
const MAX_LINE_LENGTH = 8_000_000;

export interface VideoCheckOptions {
  /** Called for every line of progress. */
  readonly onProgress: (progress: VideoProgress) => void;
  /** Name of the pack; the companion chooses without one. */
  readonly pack?: string | undefined;
  /** Earlier record that this is a second check of. */
  readonly recheckOf?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks one local video. The browser streams it from the disk; the answer comes line by line while frames are judged.
 * @throws TouchstoneError with the companion's code; `bad-message` where the answer is not what was agreed
 */
export async function checkVideo(
  file: Blob,
  fileName: string,
  { onProgress, pack, recheckOf, signal }: VideoCheckOptions,
): Promise<ResultRecord> {
  const query = new URLSearchParams({ fileName });
  if (pack !== undefined) query.set('pack', pack);
  if (recheckOf !== undefined) query.set('recheckOf', recheckOf);
  const address = `/api/check-video?${query}`;
  const answer = await request(address, { method: 'POST', body: file, signal });
  for await (const line of linesOf(answer)) {
    const parsed = v.safeParse(CheckVideoLine, parseJson(line));
    if (!parsed.success) throw new TouchstoneError('bad-message', v.getDotPath(parsed.issues[0]) ?? address);
    if (parsed.output.type === 'result') return parsed.output.record;
    if (parsed.output.type === 'error') throw TouchstoneError.fromReport(parsed.output.error);
    onProgress(parsed.output);
  }
  // The stream ended without a result: the companion was stopped meanwhile.
  throw new TouchstoneError('companion-unreachable');
}

/** Lines of a streamed text, without empty ones. */
async function* linesOf(answer: Response): AsyncGenerator<string> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += value ?? '';
      const lines = rest.split('\n');
      rest = done ? '' : (lines.pop() ?? '');
      if (rest.length > MAX_LINE_LENGTH) throw new TouchstoneError('bad-message', 'line too long');
      for (const line of lines) if (line.trim() !== '') yield line;
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
