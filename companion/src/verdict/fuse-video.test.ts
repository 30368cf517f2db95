import type { CapturePath, Verdict } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { finding } from '../evidence/finding.ts';
import { createTimeline } from '../timeline/create-timeline.ts';
import type { TimelineFindings } from '../timeline/findings.ts';
import { frames, repeat } from '../timeline/fixtures/sequences.ts';
import { VIDEO_FACTS as facts } from './fixtures/timeline-verdict.ts';
import { fuse } from './fuse.ts';
import { fuseVideo } from './fuse-video.ts';

const pack = {
  name: 'quick',
  version: '1.0.0',
  tier: 'quick',
  thresholds: { fakeAbove: 0.95, realBelow: 0.3 },
} as const;

/** Findings of a video of sixty alike frames. @param logit of each */
function seen(logit: number): TimelineFindings {
  const timeline = createTimeline({ thresholds: pack.thresholds, duration: 30 });
  for (const frame of frames(repeat(logit, 60))) timeline.add(frame);
  return timeline.seen().findings;
}
const GENERATED = seen(8);
const CAMERA = seen(-6);

const codesOf = ({ caveats }: Verdict) => caveats.map(({ code }) => code);
const reasonsOf = ({ reasons }: Verdict) => reasons.map(({ code }) => code);

/** A file of a person, a video that plays in a page, and one that can only be photographed. */
const WAYS: readonly CapturePath[] = ['file', 'canvas', 'screenshot'];

describe('fuseVideo', () => {
  it.each([
    ['fake', GENERATED, 'video-looks-generated'],
    ['real', CAMERA, 'video-looks-camera'],
    ['uncertain', seen(1), 'video-leans-ai'],
    ['uncertain', seen(0), 'video-undecided'],
  ] as const)('says %s by frames alone, with what says so as evidence', (value, findings, code) => {
    const { verdict, evidence } = fuseVideo(findings, [], pack, facts, ['video-truncated']);
    expect(verdict.value).toBe(value);
    expect(reasonsOf(verdict)).toEqual([code]);
    expect(evidence).toHaveLength(1);
    expect(evidence[0]?.details).toMatchObject({ framesAnalyzed: 60, pack: 'quick', version: '1.0.0' });
    expect(verdict.reasons[0]?.text).not.toBe('');
    expect(codesOf(verdict)).toEqual(['video-truncated', 'quick-only', 'video-frames-recompressed']);
  });

  it('decides nothing about videos smaller than the pack was measured on', () => {
    const { verdict } = fuseVideo(GENERATED, [], pack, { ...facts, shorterSide: 144 });
    expect(verdict).toMatchObject({ value: 'uncertain', leaning: 'none', probability: expect.closeTo(0.6, 2) });
    expect(reasonsOf(verdict)).toEqual(['video-undecided']);
    expect(codesOf(verdict)[0]).toBe('very-small-picture');
  });
});

const DECLARED = {
  ai: finding('provenance', 'ai', 0.98, 'c2pa-ai', { signer: 'Some Studio' }),
  camera: finding('provenance', 'camera', 0.98, 'c2pa-camera', { signer: 'Some Maker' }),
  parts: finding('metadata', 'ai', 0.6, 'declared-ai-parts', {}),
  name: finding('metadata', 'camera', 0.2, 'camera-metadata', { camera: 'Some Camera' }),
  generator: finding('metadata', 'ai', 0.97, 'generator-metadata', { generator: 'Some Generator' }),
} as const;

describe.each(WAYS)('a video obtained by %s meets the table that pictures meet', (path) => {
  const own = { ...facts, path };
  it.each([
    ['Content Credentials of a generator', CAMERA, [DECLARED.ai], 'fake'],
    ["a generator's own metadata", CAMERA, [DECLARED.generator], 'fake'],
    ['Content Credentials of a camera', GENERATED, [DECLARED.camera], 'real'],
    ['both, which contradict each other', GENERATED, [DECLARED.ai, DECLARED.camera], 'uncertain'],
    ['declared parts', CAMERA, [DECLARED.parts], 'uncertain'],
    ['the name of a camera', GENERATED, [DECLARED.name], 'fake'],
  ] as const)('with %s', (_, findings, declared, value) => {
    const { verdict, evidence } = fuseVideo(findings, declared, pack, own);
    expect(verdict.value).toBe(value);
    const frame = evidence.at(-1);
    const asPicture = fuse(evidence, Number(frame?.details.probability), pack.name, pack.thresholds, {
      ...own,
      kind: 'image',
    });
    expect(verdict).toMatchObject({ value: asPicture.value, probability: asPicture.probability });
  });
});

it('a playing video does not say twice that its frames were read back', () => {
  const { verdict } = fuseVideo(CAMERA, [], pack, { ...facts, path: 'canvas' });
  expect(codesOf(verdict)).not.toContain('canvas-copy');
  expect(codesOf(verdict)).toContain('video-frames-recompressed');
});

describe('a face of a video with traces of blending', () => {
  const face = finding('face', 'ai', 1, 'video-face-blending', { from: '0:01', to: '0:07', track: 0, looks: 3 });

  it('lifts what looks authentic or unclear to a lean, and says nothing of the frames as a whole', () => {
    for (const logit of [-6, 0]) {
      const { verdict } = fuseVideo(seen(logit), [face], pack, facts);
      expect(verdict).toMatchObject({ value: 'uncertain', leaning: 'ai' });
      expect(reasonsOf(verdict)).toEqual(['video-face-blending', 'video-blind-to-faces']);
    }
  });
  it('accuses nobody and lowers nothing, whatever the frames say', () => {
    for (let logit = -8; logit <= 8; logit += 0.5) {
      const without = fuseVideo(seen(logit), [], pack, facts).verdict;
      const { verdict } = fuseVideo(seen(logit), [face], pack, facts);
      expect(verdict.value).toBe(without.value === 'fake' ? 'fake' : 'uncertain');
      expect(verdict.probability).toBeGreaterThanOrEqual(without.probability);
    }
  });
  it('says once how far the look at faces goes', () => {
    const findings = { ...CAMERA, showsFaces: true };
    expect(codesOf(fuseVideo(findings, [], pack, facts).verdict)).toContain('face-swap-not-covered');
    expect(codesOf(fuseVideo(findings, [face], pack, facts).verdict)).not.toContain('face-swap-not-covered');
    const clear = codesOf(fuseVideo(findings, [], pack, { ...facts, facesClear: true }).verdict);
    expect(clear).toContain('no-blending-found');
    expect(clear).not.toContain('face-swap-not-covered');
  });
});
