import { NATIVE_CROPS, type PackInput, type ViewBatch, viewCount, viewsAmong } from '@touchstone/models';
import { TouchstoneError } from '@touchstone/shared';
import type { Logger } from 'pino';
import type { DecodeRequest, OpenPicture, PictureDecoder } from '../decode/picture-decoder.ts';
import { HASH_SAMPLE_SIDE } from '../fingerprint/perceptual-hash.ts';
import { createProcessPool, type PoolOptions, type Seat } from '../workers/process-pool.ts';
import type { TaskLimits } from '../workers/supervised-process.ts';
import { type AskDecoder, askingDecoder, type DecoderReply } from './ask-decoder.ts';
import * as limits from './limits.ts';
import { carriesViews, type DecoderQuestion } from './protocol.ts';
import { createViewMemory, type ViewMemory } from './view-memory.ts';

const PROGRAM = new URL('./process/main.ts', import.meta.url);
const GREY_BYTES = HASH_SAMPLE_SIDE ** 2;
/** A picture whose process is lost so often is at fault itself. */
const ATTEMPTS = 3;

const POOL: PoolOptions = {
  kind: 'picture-decoder',
  program: PROGRAM,
  heapMegabytes: limits.DECODER_HEAP_MB,
  threads: limits.DECODER_THREADS,
  limits: { headBytes: limits.MAX_ANSWER_HEAD_BYTES, payloadBytes: limits.MAX_ANSWER_BYTES },
  processes: limits.DECODERS,
  extraProcesses: limits.EXTRA_DECODERS,
  memoryLimit: limits.MAX_DECODER_MEMORY,
  totalMemoryLimit: limits.MAX_ALL_DECODERS_MEMORY,
  restingMemory: limits.RESTING_MEMORY,
  idleMs: limits.IDLE_MS,
  lastIdleMs: limits.LAST_IDLE_MS,
};

export interface DecoderOptions extends Partial<PoolOptions> {
  readonly taskLimits?: Record<keyof typeof limits.TASK_LIMITS, TaskLimits>;
}

/** @param options for tests: another program, other limits */
export function createPictureDecoder(
  logger: Logger,
  { taskLimits = limits.TASK_LIMITS, ...pool }: DecoderOptions = {},
): PictureDecoder {
  const views = createViewMemory();
  const all = { ...POOL, ...pool };
  const memory = (head: unknown, bytes: number): Uint8Array =>
    carriesViews(head) ? views.take(bytes) : new Uint8Array(bytes);
  const processes = createProcessPool({ ...all, limits: { ...all.limits, memory } });
  const ask = askingDecoder(processes, logger);
  let nextId = 1;

  async function once<T extends DecoderQuestion['type']>(
    question: Extract<DecoderQuestion, { type: T }>,
    { bytes, lane, signal }: Omit<DecodeRequest, 'format'>,
    allowed: TaskLimits = taskLimits.decode,
  ): Promise<DecoderReply<T>> {
    return certain(await ask(question, { payload: bytes, limits: allowed, lane, signal }));
  }

  return {
    async readHeader(request) {
      const { format } = request;
      const { head, payload } = await once({ type: 'header', format }, request, taskLimits.header);
      const { width, height, frames } = head;
      const exifEnd = head.exif ?? 0;
      return {
        format,
        width,
        height,
        frames,
        exif: head.exif === null ? undefined : payload.subarray(0, exifEnd),
        xmp: head.xmp === null ? undefined : payload.subarray(exifEnd, exifEnd + head.xmp),
      };
    },
    open: (request, first) => openPicture({ ask, views }, taskLimits, request, () => nextId++, first),
    async expertView(request, view, place) {
      const question = { type: 'expert-view', format: request.format, view, place } as const;
      return (await once(question, request, taskLimits.expertView)).payload;
    },
    async copyForReport(request) {
      const { head, payload } = await once({ type: 'report', format: request.format }, request);
      return { data: payload, width: head.width, height: head.height };
    },
    async thumbnail(request) {
      return (await once({ type: 'thumbnail', format: request.format }, request)).payload;
    },
    openAnimation: async ({ bytes, lane, signal }) => {
      const id = nextId++;
      const options = { payload: bytes, limits: taskLimits.decode, lane, signal, keep: true };
      const { head, seat } = certain(await ask({ type: 'animation', id }, options));
      const { width, height, format, starts, duration } = head;
      return {
        animation: { format, starts, duration },
        width,
        height,
        async frame(page) {
          const frame = await ask({ type: 'frame', id, page }, { limits: taskLimits.decode, lane, signal, seat });
          // What follows in the file builds on the frame that ended the process.
          if (!frame) throw new TouchstoneError('broken-picture', 'the decoder ended');
          return pixelsOf(frame);
        },
        release: () => leave(seat, id),
      };
    },
    warm: processes.warm,
    processes: processes.running,
    close: processes.close,
  };
}

/** Questions without a seat always have an answer. */
function certain<T>(reply: T | undefined): T {
  if (reply === undefined) throw new TouchstoneError('internal', 'a decoder is gone that nobody named');
  return reply;
}

function leave(seat: Seat, id: number): void {
  seat.tell({ type: 'release', id });
  seat.letGo();
}

function pixelsOf({ head, payload }: DecoderReply<'pixels' | 'frame' | 'miniature'>) {
  const { width, height } = head;
  if (payload.length !== width * height * 3)
    throw new TouchstoneError('broken-picture', 'the decoder answered wrongly');
  return { data: payload, width, height };
}

function batchOf(payload: Uint8Array, views: number, input: PackInput): ViewBatch {
  const count = viewCount(input);
  if (views !== count || payload.length !== count * input.size[0] * input.size[1] * 3)
    throw new TouchstoneError('broken-picture', 'the decoder answered wrongly');
  return { data: payload, count };
}

/** Opens a picture, and opens it again where the process that held it was lost over another one. */
async function openPicture(
  { ask, views: memory }: { readonly ask: AskDecoder; readonly views: ViewMemory },
  taskLimits: Record<'decode' | 'look', TaskLimits>,
  { bytes, format, lane, signal }: DecodeRequest,
  newId: () => number,
  first?: PackInput,
): Promise<OpenPicture> {
  let ready: { input: PackInput; batch: ViewBatch } | undefined;
  let released = false;
  const made: Uint8Array[] = [];

  /** Views of this picture, whose memory goes back with it. */
  function batchFrom(payload: Uint8Array, views: number, input: PackInput): ViewBatch {
    made.push(payload);
    return batchOf(payload, views, input);
  }

  async function open(input?: PackInput) {
    const id = newId();
    const question = { type: 'open', id, format, input } as const;
    const { head, payload, seat } = certain(
      await ask(question, { payload: bytes, limits: taskLimits.decode, lane, signal, keep: true }),
    );
    try {
      if (input) ready = { input, batch: batchFrom(payload, head.views, input) };
    } catch (error) {
      leave(seat, id);
      throw error;
    }
    const { width, height, cut, halved } = head;
    return { id, seat, width, height, cut, halved };
  }

  let opened = await open(first);
  const { width, height, cut, halved } = opened;
  let opening: Promise<unknown> | undefined;

  async function again(lost: typeof opened): Promise<void> {
    if (lost !== opened) return;
    opening ??= open()
      .then((fresh) => {
        if (released) leave(fresh.seat, fresh.id);
        opened = fresh;
      })
      .finally(() => {
        opening = undefined;
      });
    await opening;
  }

  /** Asks about this picture; where it is lost twice, it was its own doing. */
  async function about<T extends 'views' | 'native' | 'facts' | 'miniature' | 'pixels'>(
    question: (id: number) => Extract<DecoderQuestion, { type: T }>,
  ): Promise<DecoderReply<T>> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const { id, seat } = opened;
      const asked = opened;
      const reply = await ask<T>(question(id), { limits: taskLimits.look, lane, signal, seat });
      if (reply) return reply;
      await again(asked);
    }
    throw new TouchstoneError('broken-picture', 'its decoder ended every time');
  }

  return {
    width,
    height,
    cut,
    halved,
    async views(input) {
      const known = ready && (ready.input === input ? ready.batch : viewsAmong(ready.batch, ready.input, input));
      if (known) return known;
      const { head, payload } = await about((id) => ({ type: 'views', id, input }));
      return batchFrom(payload, head.views, input);
    },
    async nativeLook(side) {
      // Halving left nothing of the finest detail.
      if (halved) return undefined;
      const { head, payload } = await about((id) => ({ type: 'native', id, side }));
      if (payload.length !== NATIVE_CROPS * side * side * 3)
        throw new TouchstoneError('broken-picture', 'the decoder answered wrongly');
      made.push(payload);
      const { fine, high } = head;
      return { fine, high, views: { data: payload, count: NATIVE_CROPS } };
    },
    async facts(wanted) {
      const { head, payload } = await about((id) => ({ type: 'facts', id, wanted }));
      const { flatness, marks, saves } = head;
      if (payload.length < GREY_BYTES) throw new TouchstoneError('broken-picture', 'the decoder answered wrongly');
      const thumbnail = wanted.thumbnail ? payload.subarray(GREY_BYTES) : undefined;
      return { grey: payload.subarray(0, GREY_BYTES), flatness, marks, saves, thumbnail };
    },
    miniature: async (longerSide) => pixelsOf(await about((id) => ({ type: 'miniature', id, longerSide }))),
    async viewsOfPart(area, input) {
      const { head, payload } = await about((id) => ({ type: 'views', id, input, area }));
      return batchFrom(payload, head.views, input);
    },
    pixels: async () => pixelsOf(await about((id) => ({ type: 'pixels', id }))),
    release() {
      if (released) return;
      released = true;
      for (const views of made) memory.giveBack(views);
      leave(opened.seat, opened.id);
    },
  };
}
