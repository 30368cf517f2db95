import { CAVEATS, type Caveat, type CaveatCode } from '@touchstone/shared';
import { FLAT_FROM, HEAVY_COMPRESSION_BELOW, SMALL_FACTOR, type VerdictFacts } from './picture-facts.ts';

const RULES: readonly (readonly [CaveatCode, (facts: VerdictFacts) => boolean])[] = [
  ['provenance-broken', ({ provenance }) => provenance?.state === 'broken'],
  ['provenance-unreadable', ({ provenance }) => provenance?.state === 'unreadable' && !provenance.remoteManifest],
  ['remote-manifest', ({ provenance }) => provenance?.remoteManifest === true],
  ['very-small-picture', (facts) => facts.shorterSide < facts.minimumSide],
  [
    'small-picture',
    ({ shorterSide, minimumSide }) => shorterSide >= minimumSide && shorterSide < minimumSide * SMALL_FACTOR,
  ],
  ['flat-graphic', (facts) => facts.flatness >= FLAT_FROM],
  ['screenshot', (facts) => facts.path === 'screenshot'],
  // Every frame of a playing video is read back from the page; `video-frames-recompressed` says so.
  ['canvas-copy', (facts) => facts.path === 'canvas' && facts.kind !== 'video'],
  // Frames and canvas copies were compressed by the extension itself; their quality says nothing about the source.
  [
    'heavily-recompressed',
    ({ jpegQuality, kind }) => kind === 'image' && jpegQuality !== undefined && jpegQuality < HEAVY_COMPRESSION_BELOW,
  ],
  ['video-frame', (facts) => facts.kind === 'video-frame'],
  ['animated-first-frame', (facts) => facts.frames > 1],
  ['models-disagree', (facts) => facts.disagree],
  ['faces-not-finished', ({ facesLeft }) => facesLeft === true],
  ['no-blending-found', ({ facesClear }) => facesClear === true],
  ['quick-only', (facts) => facts.quickOnly],
  ['picture-truncated', ({ fileCaveats }) => fileCaveats?.includes('picture-truncated') ?? false],
  ['metadata-skipped', ({ fileCaveats }) => fileCaveats?.includes('metadata-skipped') ?? false],
];

/** Caveats that hold for these facts, the gravest first. */
export function caveatsFor(facts: VerdictFacts): Caveat[] {
  return RULES.filter(([, holds]) => holds(facts)).map(([code]) => ({ code, text: CAVEATS[code] }));
}
