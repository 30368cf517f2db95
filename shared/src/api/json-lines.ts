import * as v from 'valibot';
import type { ErrorCode } from '../errors.ts';
import { TouchstoneError } from '../touchstone-error.ts';

/** Longest line, in characters: a record with 2,000 moments and their faces has about a million. */
export const MAX_LINE_LENGTH = 16 * 1024 * 1024;

export interface JsonLinesOptions {
  /** Code of a line that is not what was agreed. */
  readonly misread: ErrorCode;
  readonly signal?: AbortSignal | undefined;
  /** Characters; for tests. */
  readonly longest?: number;
}

/**
 * Reads a stream of JSON values, one a line, however the lines are cut; empty ones are passed over. Whoever stops reading ends
 * the stream.
 * @throws TouchstoneError `misread`; `companion-unreachable` where the stream breaks off, `cancelled` where the signal ended it
 */
export async function* readJsonLines<const Schema extends v.GenericSchema>(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  schema: Schema,
  { misread, signal, longest = MAX_LINE_LENGTH }: JsonLinesOptions,
): AsyncGenerator<v.InferOutput<Schema>> {
  for await (const line of linesOf(body, longest, { misread, signal })) {
    const parsed = v.safeParse(schema, parseJson(line));
    if (!parsed.success) throw new TouchstoneError(misread, v.getDotPath(parsed.issues[0]) ?? 'not the agreed line');
    yield parsed.output;
  }
}

async function* linesOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  longest: number,
  { misread, signal }: JsonLinesOptions,
): AsyncGenerator<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new TouchstoneError(signal?.aborted ? 'cancelled' : 'companion-unreachable', String(cause), { cause });
      });
      const lines = (rest + (value ?? '')).split('\n');
      rest = done ? '' : (lines.pop() ?? '');
      if (rest.length > longest) throw new TouchstoneError(misread, 'a line has no end');
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
