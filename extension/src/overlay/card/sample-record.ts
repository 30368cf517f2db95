import type { ResultRecord } from '@touchstone/shared';

/** A record for tests. */
export function sampleRecord(changes: Partial<ResultRecord> = {}): ResultRecord {
  return {
    id: '01JD0000000000000000000000',
    at: 1_790_000_000_000,
    lane: 'asked',
    source: { kind: 'image', path: 'original-bytes', url: 'https://example.org/a.jpg', private: false },
    picture: {
      format: 'jpeg',
      width: 1920,
      height: 1080,
      bytes: 348_211,
      frames: 1,
      sha256: 'a'.repeat(64),
      perceptualHash: '0'.repeat(16),
    },
    verdict: {
      value: 'fake',
      probability: 0.724,
      confidence: 'medium',
      reasons: [
        { code: 'model-says-ai', direction: 'ai', text: 'The model finds patterns.', details: {} },
        { code: 'camera-metadata', direction: 'camera', text: 'The file names a camera.', details: { camera: 'Box' } },
      ],
      caveats: [{ code: 'small-picture', text: 'The picture is small.' }],
    },
    evidence: [],
    pack: { name: 'starter', version: '1.0.0', sha256: 'b'.repeat(64), tier: 'quick' },
    provider: 'cpu',
    timings: { queue: 1, decode: 8, evidence: 4, inference: 22, total: 41 },
    label: null,
    logged: true,
    hasThumbnail: true,
    hasOriginal: false,
    ...changes,
  };
}
