import type { Verdict } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { finding } from '../evidence/finding.ts';
import { fuseVideo } from './fuse-video.ts';
import type { VerdictFacts } from './picture-facts.ts';

const pack = {
  name: 'quick',
  version: '1.0.0',
  tier: 'quick',
  thresholds: { fakeAbove: 0.95, realBelow: 0.3, meaning: 'a test' },
} as const;
const facts: VerdictFacts = {
  path: 'file',
  kind: 'video',
  shorterSide: 720,
  minimumSide: 200,
  frames: 1,
  flatness: 0.1,
  jpegQuality: undefined,
  quickOnly: true,
  disagree: false,
};
const seen = (value: Verdict['value'], probability: number): Verdict => ({
  value,
  probability,
  confidence: 'high',
  reasons: [
    {
      code: value === 'fake' ? 'video-looks-generated' : value === 'real' ? 'video-looks-camera' : 'video-undecided',
      direction: value === 'fake' ? 'ai' : value === 'real' ? 'camera' : 'neutral',
      text: '',
      details: { framesAnalyzed: 60 },
    },
  ],
  caveats: [{ code: 'video-frames-recompressed', text: '' }],
});

describe('fuseVideo', () => {
  it.each([
    ['fake', 0.97],
    ['real', 0.1],
    ['uncertain', 0.95],
    ['uncertain', 0.3],
  ] as const)('keeps what the timeline says without other evidence: %s at %d', (value, probability) => {
    const { verdict, evidence } = fuseVideo(seen(value, probability), [], pack, facts, ['video-truncated']);
    expect(verdict).toMatchObject({ value, probability });
    expect(evidence).toHaveLength(1);
    expect(evidence[0]?.details).toMatchObject({ framesAnalyzed: 60, pack: 'quick', version: '1.0.0' });
    expect(verdict.reasons[0]?.text).not.toBe('');
    expect(verdict.caveats.map(({ code }) => code)).toEqual([
      'video-truncated',
      'quick-only',
      'video-frames-recompressed',
    ]);
  });

  it('lets valid Content Credentials decide', () => {
    const declared = finding('provenance', 'ai', 0.98, 'c2pa-ai', { signer: 'Some Studio' });
    const { verdict } = fuseVideo(seen('real', 0.05), [declared], pack, facts);
    expect(verdict).toMatchObject({ value: 'fake', confidence: 'high' });
    expect(verdict.reasons.map(({ code }) => code)).toEqual(['c2pa-ai', 'video-looks-camera']);
  });

  it('decides nothing about videos smaller than the pack was measured on', () => {
    const { verdict } = fuseVideo(seen('fake', 0.99), [], pack, { ...facts, shorterSide: 144 });
    expect(verdict).toMatchObject({ value: 'uncertain', probability: 0.95 });
    expect(verdict.reasons.map(({ code }) => code)).toEqual(['video-undecided']);
    expect(verdict.caveats[0]?.code).toBe('very-small-picture');
  });
});
