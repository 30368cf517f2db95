import type { ResultRecord } from '@touchstone/shared';

/** A record for tests. */
export function exampleRecord(change: Partial<ResultRecord> = {}): ResultRecord {
  return {
    id: '01J00000000000000000000001',
    at: Date.UTC(2026, 2, 28, 12),
    lane: 'asked',
    source: {
      kind: 'image',
      path: 'original-bytes',
      url: 'https://cdn.example.org/pictures/harbour.jpg',
      pageUrl: 'https://news.example.org/story',
      pageTitle: 'Fire in the harbour',
      private: false,
    },
    picture: {
      format: 'jpeg',
      width: 1200,
      height: 800,
      bytes: 204_800,
      frames: 1,
      sha256: 'a'.repeat(64),
      perceptualHash: '0123456789abcdef',
    },
    verdict: {
      value: 'fake',
      probability: 0.93,
      leaning: 'ai',
      marks: { realBelow: 0.2, leansAuthentic: 0.4, leansAi: 0.6, fakeAbove: 0.9 },
      confidence: 'high',
      reasons: [],
      caveats: [],
    },
    evidence: [],
    pack: { name: 'quick', version: '1.0.0', sha256: 'b'.repeat(64), tier: 'quick' },
    provider: 'cpu',
    timings: { queue: 1, decode: 9, evidence: 2, inference: 14, total: 27 },
    label: null,
    logged: true,
    hasThumbnail: true,
    hasOriginal: false,
    ...change,
  };
}
