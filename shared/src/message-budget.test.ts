import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage } from './codec.ts';
import { ServerMessage } from './server-messages.ts';
import { MAX_TIMELINE_MOMENTS } from './timeline.ts';

const faces = Array.from({ length: 8 }, (_, track) => ({
  x: 0.1,
  y: 0.2,
  width: 0.3,
  height: 0.4,
  track,
  probability: 0.123456789,
}));
const moments = Array.from({ length: MAX_TIMELINE_MOMENTS }, (_, index) => ({
  time: index / 3,
  probability: 0.5,
  low: 0.25,
  high: 0.75,
  shot: index,
  faces,
}));
const shots = moments.map(({ time }) => ({ start: time, end: time + 0.3, probability: 0.5, frames: 1 }));
const faceTracks = Array.from({ length: 64 }, (_, track) => ({
  track,
  start: 0,
  end: 1,
  frames: 9,
  probability: 0.5,
}));
const text = 'x'.repeat(500);
const verdict = {
  value: 'uncertain',
  probability: 0.5,
  confidence: 'low',
  reasons: [],
  caveats: [],
};

interface Ingredient {
  readonly ingredients: readonly Ingredient[];
  readonly [member: string]: unknown;
}

/** Ingredients four generations deep, each with its thumbnail. */
function ingredients(depth: number): Ingredient[] {
  if (depth === 0) return [];
  const thumbnail = `data:image/jpeg;base64,${'A'.repeat(32_000)}`;
  return [{ title: text, relationship: 'parentOf', thumbnail, ingredients: ingredients(depth - 1) }];
}

const record = {
  id: '01',
  at: 1,
  lane: 'live',
  source: { kind: 'video', path: 'canvas', private: false },
  picture: {
    format: 'mp4',
    width: 1,
    height: 1,
    bytes: 1,
    frames: 1,
    sha256: '0'.repeat(64),
    perceptualHash: '0'.repeat(16),
  },
  verdict,
  evidence: [],
  pack: { name: 'p', version: '1', sha256: '0', tier: 'quick' },
  provider: 'cpu',
  timings: { queue: 0, decode: 0, evidence: 0, inference: 0, total: 0 },
  provenance: {
    state: 'trusted',
    origin: null,
    signer: text,
    issuer: text,
    claimGenerator: text,
    signedAt: text,
    actions: Array.from({ length: 64 }, () => ({ action: text, ai: false })),
    ingredients: ingredients(4),
    failures: Array.from({ length: 64 }, () => text),
    trustList: null,
    remoteManifest: false,
  },
  facts: Array.from({ length: 200 }, () => ({ group: 'camera', name: text, value: 'é'.repeat(2000), private: false })),
  timeline: { duration: 700, framesAnalyzed: 2000, moments, shots, faceTracks, stoppedEarly: false },
  logged: true,
  hasThumbnail: false,
  hasOriginal: false,
  label: null,
};

describe('message budget', () => {
  it('has room for the message that closes the longest video', () => {
    const wire = encodeMessage({
      type: 'track-update',
      id: 1,
      track: 'track-001',
      verdict,
      framesAnalyzed: 2000,
      revised: moments,
      shots,
      faceTracks,
      wantedRate: 1,
      record,
    });
    expect(decodeMessage(ServerMessage, wire)).toMatchObject({ type: 'track-update', record: { id: '01' } });
  });

  it('has room for the finest heat map', () => {
    const values = Array.from({ length: 64 * 64 }, () => 0.123);
    const explanation = { method: 'patches', columns: 64, rows: 64, values, regions: [], pack: 'p', runs: 0, took: 1 };
    const wire = encodeMessage({ type: 'explanation', id: 1, explanation });
    expect(decodeMessage(ServerMessage, wire)).toMatchObject({ explanation: { values } });
  });

  it('lets nothing be sent that the other end would refuse', () => {
    expect(() => encodeMessage({ type: 'status', id: 1, took: Number.POSITIVE_INFINITY })).toThrow(RangeError);
  });
});
