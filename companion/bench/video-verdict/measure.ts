import { logitOf } from '@touchstone/models';
import { describeFrame, isCut } from '../../src/fingerprint/cuts.ts';
import { onScaleOf } from '../../src/packs/pack-scale.ts';
import { createTimeline } from '../../src/timeline/create-timeline.ts';
import { fuseVideo } from '../../src/verdict/fuse-video.ts';
import type { VerdictFacts } from '../../src/verdict/picture-facts.ts';
import { SECOND_OPINIONS } from '../../src/video-file/judge-frames.ts';
import { createKeptFrames } from '../../src/video-file/kept-frames.ts';
import type { ClipKind } from './clips.ts';
import type { ScoredClip, ScoredFrame } from './judge-clips.ts';
import { type PoolingRule, RULES } from './rules.ts';

export interface Thresholds {
  readonly fakeAbove: number;
  readonly realBelow: number;
}

/** The verdict names the pack; the frames came as JPEG at a size that it was measured on. */
const PACK = { name: 'measured', version: '1.0.0', tier: 'quick' } as const;
const FACTS: VerdictFacts = {
  path: 'file',
  kind: 'video',
  shorterSide: 720,
  minimumSide: 0,
  frames: 1,
  flatness: 0,
  jpegQuality: undefined,
  quickOnly: true,
  disagree: false,
};

const signatureOf = ({ grey, hash }: ScoredFrame) => ({ grey: Uint8Array.from(Buffer.from(grey, 'base64')), hash });

/** Log-odds by shot, cut where the product cuts. */
export function shotsOf(frames: readonly ScoredFrame[]): number[][] {
  const shots: number[][] = [];
  let last: ReturnType<typeof describeFrame> | undefined;
  for (const frame of frames) {
    const seen = describeFrame(signatureOf(frame));
    const open = shots.at(-1);
    if (!open || isCut(last, seen)) shots.push([frame.logit]);
    else open.push(frame.logit);
    last = seen;
  }
  return shots;
}

export interface RuleRow {
  readonly rule: string;
  /** Chance that an AI clip scores above a real one. */
  readonly auc: number;
  /** The same for clips with a generated insert against real clips cut alike. */
  readonly aucSpliced: number;
  /** Share of clips above `fakeAbove`, by kind. */
  readonly fake: Partial<Record<ClipKind, number>>;
  /** Real clips that one replaced frame (log-odds 8) puts above `fakeAbove`, of those that were not there before. */
  readonly flipped: number;
}

const OUTLIER = 8;

export function measureRules(clips: readonly ScoredClip[], { fakeAbove }: Thresholds): RuleRow[] {
  const above = logitOf(fakeAbove);
  const judged = clips
    .filter(({ frames }) => frames.length >= 4)
    .map((clip) => ({ ...clip, shots: shotsOf(clip.frames) }));
  const of = (...kinds: ClipKind[]) => judged.filter(({ kind }) => kinds.includes(kind));
  return Object.entries(RULES).map(([rule, pool]) => {
    const score = (list: typeof judged): number[] => list.map(({ frames, shots }) => pool(logitsOf(frames), shots));
    const kinds = [...new Set(judged.map(({ kind }) => kind))];
    return {
      rule,
      auc: auc(score(of('ai')), score(of('real'))),
      aucSpliced: auc(score(of('spliced')), score(of('real', 'real-cut'))),
      fake: Object.fromEntries(kinds.map((kind) => [kind, shareOf(score(of(kind)), above)])),
      flipped: of('real').filter((clip) => flips(clip, pool, above)).length,
    };
  });
}

const logitsOf = (frames: readonly ScoredFrame[]): number[] => frames.map(({ logit }) => logit);

function flips(
  { frames, shots }: { frames: readonly ScoredFrame[]; shots: number[][] },
  pool: PoolingRule,
  above: number,
) {
  const logits = logitsOf(frames);
  if (pool(logits, shots) > above) return false;
  const middle = frames.length >> 1;
  let passed = 0;
  const spoiled = shots.map((shot) => shot.map((logit) => (passed++ === middle ? OUTLIER : logit)));
  return pool(spoiled.flat(), spoiled) > above;
}

const shareOf = (scores: readonly number[], above: number): number =>
  scores.filter((score) => score > above).length / scores.length;

/** Area under the ROC curve by counting pairs. */
function auc(positive: readonly number[], negative: readonly number[]): number {
  let wins = 0;
  for (const a of positive) for (const b of negative) wins += a > b ? 1 : a === b ? 0.5 : 0;
  return wins / (positive.length * negative.length);
}

export interface ProductRow {
  readonly kind: ClipKind;
  readonly clips: number;
  readonly fake: number;
  readonly real: number;
  readonly uncertain: number;
  /** Clips of which a generated part is named. */
  readonly part: number;
  /** Named parts that overlap the insert by at least half of both. */
  readonly partRight: number;
  /** Frames that the second pack was asked about, in all clips. */
  readonly looks: number;
}

/** Times of one frame in two runs differ by less. Seconds. */
const SAME_FRAME = 0.01;

/** The thorough pack's scores of the same clips, which the product asks for a few frames. */
export interface SecondPack {
  readonly clips: readonly ScoredClip[];
  readonly thresholds: Thresholds;
}

/**
 * What the product's own timeline says of every clip.
 * @param second when given, only clips that it judged too are counted
 */
export async function measureProduct(
  clips: readonly ScoredClip[],
  thresholds: Thresholds,
  second?: SecondPack,
): Promise<ProductRow[]> {
  const rows = new Map<ClipKind, { -readonly [Key in keyof ProductRow]: ProductRow[Key] }>();
  for (const { path, kind, frames, insert } of clips) {
    const again = second?.clips.find((clip) => clip.path === path);
    if (frames.length === 0 || (second && !again)) continue;
    const row = rows.get(kind) ?? { kind, clips: 0, fake: 0, real: 0, uncertain: 0, part: 0, partRight: 0, looks: 0 };
    rows.set(kind, row);
    const timeline = createTimeline({ thresholds, duration: (frames.at(-1)?.time ?? 0) + 0.5 });
    const kept = createKeptFrames(SECOND_OPINIONS);
    for (const frame of frames) {
      const { shot } = timeline.add({ time: frame.time, logit: frame.logit, signature: signatureOf(frame) });
      kept.offer(shot, frame.time, { data: new Uint8Array(1), width: 1, height: 1 });
    }
    if (again && second) {
      await kept.run(timeline, async (_, time) => {
        row.looks++;
        const seen = again.frames.find((frame) => Math.abs(frame.time - time) < SAME_FRAME);
        return seen && onScaleOf(thresholds, second.thresholds, seen.logit);
      });
    }
    const { verdict } = fuseVideo(timeline.seen().findings, [], { ...PACK, thresholds }, FACTS);
    row.clips++;
    row[verdict.value]++;
    const part = verdict.reasons.find(({ code }) => code === 'video-part-generated' || code === 'video-part-differs');
    if (!part) continue;
    row.part++;
    const [from, to] = [Number(part.details.fromSeconds), Number(part.details.toSeconds)];
    if (!insert) continue;
    const shared = Math.min(to, insert[1]) - Math.max(from, insert[0]);
    if (shared >= (insert[1] - insert[0]) / 2 && shared >= (to - from) / 2) row.partRight++;
  }
  return [...rows.values()];
}

export interface CutRow {
  readonly gap: number;
  /** Pairs of neighbours within one clip taken as cut, and how many there are. */
  readonly falseCuts: number;
  readonly within: number;
  /** Pairs of frames of different clips taken as cut, and how many there are. */
  readonly found: number;
  readonly between: number;
}

/** How well cuts are told from motion at some distances of frames, in seconds. */
export function measureCuts(clips: readonly ScoredClip[], rate: number, gaps: readonly number[]): CutRow[] {
  const whole = clips.filter(({ source, frames }) => source !== 'made' && frames.length > 0);
  const descriptors = whole.map(({ frames }) => frames.map((frame) => describeFrame(signatureOf(frame))));
  let [found, between] = [0, 0];
  for (const [i, a] of descriptors.entries()) {
    for (const b of descriptors.slice(i + 1)) {
      between++;
      if (isCut(a.at(-1), b[0])) found++;
    }
  }
  return gaps.map((gap) => {
    const step = Math.round(gap * rate);
    let [falseCuts, within] = [0, 0];
    for (const frames of descriptors) {
      for (let i = step; i < frames.length; i++) {
        within++;
        if (isCut(frames[i - step], frames[i])) falseCuts++;
      }
    }
    return { gap, falseCuts, within, found, between };
  });
}
