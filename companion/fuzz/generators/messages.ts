import { mutate } from '../../src/evidence/fixtures/mutate.ts';
import type { SeededRandom } from '../fuzz-target.ts';

const IDS = [1, 1, 2, 3, 0, -1, 2 ** 31, 2 ** 53, 1.5];
const TRACKS = ['track-001', 'track-002', 'short'];
const SOURCE = { kind: 'image', path: 'original-bytes', private: true };
const VIDEO = { kind: 'video', path: 'canvas', private: true };

/** One message of each kind that a browser sends, with numbers and names that meet and miss each other. */
export function clientMessages(random: SeededRandom): readonly object[] {
  const id = random.pick(IDS);
  const track = random.pick(TRACKS);
  const bytes = random.bytes(random.int(64));
  const mediaTime = random.pick([0, 1, 0.5, -1, Number.POSITIVE_INFINITY, Number.NaN]);
  const recordId = random.pick(['', 'x', '01J00000000000000000000000', '__proto__']);
  return [
    { type: 'capture', id, lane: random.pick(['live', 'asked', 'bulk', 'none']), source: SOURCE, bytes },
    { type: 'track-open', id, track, source: VIDEO, duration: random.pick([null, 1, -1]), resume: [] },
    { type: 'track-frame', id, track, mediaTime, path: 'canvas', bytes },
    { type: 'track-close', id, track },
    { type: 'explain', id, recordId },
    { type: 'cancel', id },
    { type: 'label', id, recordId, label: random.pick(['real', null, 'other']) },
    { type: 'status', id },
    { type: 'settings', id, patch: random.pick([{}, { recordingPaused: false }, { recordingPaused: 'x' }]) },
    { type: 'open-history', id, recordId },
    { type: 'ping', id },
    {
      type: 'hello',
      protocol: { min: 1, max: 2 },
      browserId: 'browser-1',
      agent: {},
      clientNonce: bytes,
      proof: bytes,
    },
    { type: 'shutdown', id },
  ];
}

/** Bytes changed in one to eight places. */
export function mutated(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  return Uint8Array.from(mutate(Buffer.from(bytes), [0, bytes.length], (below) => random.int(below)));
}
