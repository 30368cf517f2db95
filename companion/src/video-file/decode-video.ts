import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { RawPicture } from '@touchstone/models';
import { TouchstoneError, throwIfCancelled } from '@touchstone/shared';
import { bareEnvironment, bareOptions } from '../workers/bare-program.ts';
import { enlistProcess } from '../workers/running.ts';
import { createFrameMemory } from './frame-memory.ts';
import { DECODE_DEADLINE_MS, DECODER_HEAP_MB, STALL_MS } from './limits.ts';
import { readMessages, type VideoFacts } from './protocol.ts';

/** What comes out of a video file, in order: its facts, samples in order of time, and how it ended. */
export type VideoEvent =
  | { readonly type: 'opened'; readonly facts: VideoFacts }
  | {
      readonly type: 'frame';
      readonly time: number;
      /** Its memory is used again once it was released (`releasePixels`). */
      readonly picture: RawPicture;
    }
  | {
      readonly type: 'end';
      /** The file broke off, could not be decoded in parts, or took too long: what came before is all there is. */
      readonly damaged: boolean;
      /** Milliseconds inside the decoder's process; absent where it ended by force. */
      readonly timings?: { readonly decode: number; readonly scale: number; readonly wait: number };
    };

export interface DecodeOptions {
  /** Aborting kills the decoder and ends with `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Folder of Node modules that holds binaries which did not come along (binaries/binaries-folder.ts). */
  readonly binaries?: string | undefined;
  /** Decoder's program, for tests of what happens when it misbehaves. */
  readonly program?: URL;
  /** Milliseconds without a message, from the first one on, after which the decoder is killed. */
  readonly stallMs?: number;
}

const PROGRAM = new URL('./decoder/main.ts', import.meta.url);
/** Descriptor of messages in the decoder's process; the file is 3. */
const OUTPUT = 4;
const GRACE_MS = 5_000;

/**
 * Decodes samples of a video in a process of its own, which reads that one file and writes nothing but messages. Reading
 * slowly slows the decoder down: no more than one frame waits here.
 * @throws TouchstoneError `video-unreadable`, `video-decoder-missing`, `video-protected`, `too-many-pixels`, `cancelled`
 */
export async function* decodeVideo(file: FileHandle, options: DecodeOptions = {}): AsyncGenerator<VideoEvent> {
  const { signal, binaries, program = PROGRAM, stallMs = STALL_MS } = options;
  throwIfCancelled(signal);
  const child = spawn(process.execPath, [...bareOptions(DECODER_HEAP_MB, ['*']), fileURLToPath(program)], {
    stdio: ['pipe', 'ignore', 'ignore', file.fd, 'pipe'],
    // Node looks there last: what came along is taken first.
    env: bareEnvironment(binaries === undefined ? {} : { NODE_PATH: binaries }),
    windowsHide: true,
  });
  const leave = enlistProcess('video-decoder', child.pid);
  const exited = once(child, 'exit')
    .catch(() => undefined)
    .finally(leave);
  child.stdin?.on('error', () => undefined);
  const kill = (): void => void child.kill('SIGKILL');
  signal?.addEventListener('abort', kill, { once: true });
  const deadline = setTimeout(kill, DECODE_DEADLINE_MS + GRACE_MS);
  // Only the decoder's silence counts, not the reader's slowness, nor a start that a busy computer puts off.
  let stall = setTimeout(kill, STALL_MS);
  const memory = createFrameMemory();
  let frames = 0;
  try {
    for await (const { head, payload } of readMessages(child.stdio[OUTPUT] as Readable, memory)) {
      clearTimeout(stall);
      if (head.type === 'failed') {
        // Frames that were seen count, whatever came after them.
        if (frames > 0) break;
        throw new TouchstoneError(head.code, head.detail);
      }
      if (head.type === 'opened') yield { type: 'opened', facts: head.facts };
      else if (head.type === 'frame') {
        frames++;
        yield { type: 'frame', time: head.time, picture: { data: payload, width: head.width, height: head.height } };
      } else {
        if (frames === 0) throw new TouchstoneError('video-unreadable', 'not one frame could be decoded');
        const timings = { decode: head.decodeMs, scale: head.scaleMs, wait: head.waitMs };
        yield { type: 'end', damaged: head.damaged, timings };
        return;
      }
      stall = setTimeout(kill, stallMs);
    }
    throwIfCancelled(signal);
    if (frames === 0) throw new TouchstoneError('video-unreadable', 'the decoder ended without a frame');
    yield { type: 'end', damaged: true };
  } catch (error) {
    throwIfCancelled(signal, error);
    throw error;
  } finally {
    memory.close();
    clearTimeout(stall);
    clearTimeout(deadline);
    signal?.removeEventListener('abort', kill);
    kill();
    await exited;
  }
}
