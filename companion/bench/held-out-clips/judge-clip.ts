import { open } from 'node:fs/promises';
import type { RawPicture } from '@touchstone/models';
import type { ResultRecord } from '@touchstone/shared';
import type { Pipeline } from '../../src/pipeline/pipeline.ts';
import { decodeVideo, type VideoEvent } from '../../src/video-file/decode-video.ts';
import { judgeFrames } from '../../src/video-file/judge-frames.ts';
import { videoRecord } from '../../src/video-file/video-record.ts';
import type { HeldClip } from './clip-list.ts';

/** What the product said of one clip. */
export interface JudgedClip {
  readonly verdict: ResultRecord['verdict'];
  readonly evidence: ResultRecord['evidence'];
  readonly width: number;
  readonly height: number;
  /** Pooled log-odds of the whole, corrected by second opinions, and of the highest shot. */
  readonly logit: number;
  readonly highestShot: number | undefined;
  /** Seconds and log-odds of every frame, corrected by second opinions, by shot. */
  readonly shots: readonly (readonly { readonly time: number; readonly probability: number }[])[];
  /** Traces of blending, a row a face with enough looks. */
  readonly blending: readonly { readonly looks: number; readonly logit: number }[];
  readonly showsFaces: boolean;
}

/** Every judged frame in the order of the answers, by tier, before anything is corrected or pooled. */
export type Answers = { readonly tier: string; readonly logit: number; readonly width: number }[];

/**
 * Judges the first seconds of a clip as the product judges a file: its decoder, both packs, its faces, its verdict. Nothing but the file's
 * metadata is left out, which would say more than the pictures.
 * @throws TouchstoneError as `judgeFrames`
 */
export async function judgeClip(
  pipeline: Pipeline,
  { part }: HeldClip,
  path: string,
  seconds: number,
): Promise<JudgedClip & { readonly answers: Answers }> {
  const answers: Answers = [];
  const noting: Pipeline = {
    ...pipeline,
    async judgeFrame(frame, request) {
      const judged = await pipeline.judgeFrame(frame, request);
      answers.push({ tier: request.tier ?? 'quick', logit: judged.logit, width: judged.width });
      return judged;
    },
  };
  const file = await open(path);
  try {
    const events = beginningOf(decodeVideo(file), seconds, part);
    const analysis = await judgeFrames(events, { pipeline: noting, client: 'bench' });
    const record = videoRecord({
      id: 'bench',
      at: 0,
      source: { kind: 'video', path: 'file', private: false },
      bytes: 0,
      sha256: '',
      analysis,
      provenance: undefined,
      metadata: { evidence: [], facts: [] },
      seen: undefined,
      recheckOf: undefined,
      logged: false,
      hasThumbnail: false,
      timings: { queue: 0, total: 0 },
    });
    const { moments = [], shots = [] } = record.timeline ?? {};
    return {
      verdict: record.verdict,
      evidence: record.evidence,
      width: record.picture.width,
      height: record.picture.height,
      logit: analysis.findings.logit,
      highestShot: analysis.findings.highestShot,
      shots: shots.map((_, index) =>
        moments.filter(({ shot }) => shot === index).map(({ time, probability }) => ({ time, probability })),
      ),
      blending: (analysis.blending?.tracks ?? []).map(({ looks, logit }) => ({ looks, logit })),
      showsFaces: analysis.findings.showsFaces,
      answers,
    };
  } finally {
    await file.close();
  }
}

async function* beginningOf(
  events: AsyncIterable<VideoEvent>,
  seconds: number,
  part: HeldClip['part'],
): AsyncGenerator<VideoEvent> {
  for await (const event of events) {
    if (event.type === 'opened') {
      const { duration, width, expectedFrames, interval } = event.facts;
      const facts = {
        ...event.facts,
        width: part === '' ? width : Math.max(1, Math.floor(width / 2)),
        duration: duration === null ? null : Math.min(duration, seconds),
        expectedFrames: Math.min(expectedFrames, Math.ceil(seconds / interval)),
      };
      yield { type: 'opened', facts };
    } else if (event.type === 'frame') {
      if (event.time >= seconds) {
        yield { type: 'end', damaged: false };
        return;
      }
      yield { ...event, picture: half(event.picture, part) };
    } else yield event;
  }
}

function half(picture: RawPicture, part: HeldClip['part']): RawPicture {
  if (part === '') return picture;
  const width = Math.max(1, Math.floor(picture.width / 2));
  const left = part === 'left' ? 0 : picture.width - width;
  const data = new Uint8Array(width * picture.height * 3);
  for (let row = 0; row < picture.height; row++) {
    const from = (row * picture.width + left) * 3;
    data.set(picture.data.subarray(from, from + width * 3), row * width * 3);
  }
  return { data, width, height: picture.height };
}
