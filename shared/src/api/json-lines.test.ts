import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { collect } from './fixtures/collect.ts';
import { readJsonLines } from './json-lines.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const Line = v.object({ n: v.number(), text: v.optional(v.string()) });

/** A body that comes in these parts, then ends or breaks off with `fault`. */
function bodyOf(parts: readonly (string | Uint8Array)[], fault?: Error, cancel?: () => void) {
  const waiting = parts.map((part) => new Uint8Array(typeof part === 'string' ? encode(part) : part));
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const part = waiting.shift();
      if (part) controller.enqueue(part);
      else if (fault) controller.error(fault);
      else controller.close();
    },
    ...(cancel ? { cancel } : {}),
  });
}

const read = (parts: readonly (string | Uint8Array)[], longest?: number) =>
  collect(
    readJsonLines(bodyOf(parts), Line, { misread: 'bad-message', ...(longest === undefined ? {} : { longest }) }),
  );

describe('the one reader of JSON lines', () => {
  it('reads the same values wherever the bytes are cut, inside a letter too', async () => {
    const bytes = encode('{"n":1,"text":"Grüße 🎞"}\n\n{"n":2}\r\n{"n":3}');
    const whole = [{ n: 1, text: 'Grüße 🎞' }, { n: 2 }, { n: 3 }];
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(await read([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(whole);
    }
    expect(await read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  it('has nothing to say of a body that is not there', async () => {
    expect(await collect(readJsonLines(null, Line, { misread: 'bad-message' }))).toEqual([]);
  });

  it('refuses with the code it was given: no JSON, another shape, a line without an end', async () => {
    for (const parts of [['{"n":1}\nnot json\n'], ['{"n":"one"}\n'], ['[1]\n']]) {
      await expect(read(parts)).rejects.toMatchObject({ code: 'bad-message' });
    }
    await expect(read(['{"n":', '1'.repeat(50), '1'.repeat(60)], 100)).rejects.toMatchObject({ code: 'bad-message' });
    expect(await read(['{"n":1}\n'.repeat(50)], 10)).toHaveLength(50);
  });

  it('tells a stream that broke off from one that was cancelled', async () => {
    const fault = new Error('socket hang up');
    const broken = readJsonLines(bodyOf([], fault), Line, { misread: 'bad-message' });
    await expect(broken.next()).rejects.toMatchObject({ code: 'companion-unreachable' });
    const cancelled = readJsonLines(bodyOf([], fault), Line, {
      misread: 'bad-message',
      signal: AbortSignal.abort(),
    });
    await expect(cancelled.next()).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('ends the stream when its reader stops', async () => {
    const cancelled = vi.fn();
    const stream = bodyOf(['{"n":1}\n', '{"n":2}\n', '{"n":3}\n', '{"n":4}\n'], undefined, cancelled);
    for await (const line of readJsonLines(stream, Line, { misread: 'bad-message' })) {
      expect(line.n).toBe(1);
      break;
    }
    expect(cancelled).toHaveBeenCalledOnce();
  });
});
