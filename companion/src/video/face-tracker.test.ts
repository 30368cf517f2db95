import { describe, expect, it } from 'vitest';
import type { FrameSignature } from '../fingerprint/frame-signature.ts';
import { createFaceTracker } from './face-tracker.ts';

const scene = (level: number, hash: string): FrameSignature => ({ grey: new Uint8Array(1024).fill(level), hash });
const studio = scene(40, '0f'.repeat(8));
const street = scene(220, 'f0'.repeat(8));
const face = (x: number, y = 0.2) => ({ x, y, width: 0.2, height: 0.3 });

describe('a face track', () => {
  it('follows a face that moves, whoever comes first in the list', () => {
    const tracker = createFaceTracker();
    const tracks = (time: number, faces: ReturnType<typeof face>[]) =>
      tracker.follow(time, studio, faces).map(({ track }) => track);
    expect(tracks(0, [face(0.1), face(0.6)])).toEqual([0, 1]);
    expect(tracks(0.5, [face(0.62), face(0.14)])).toEqual([1, 0]);
    expect(tracks(1, [face(0.18)])).toEqual([0]);
    expect(tracks(1.5, [face(0.65), face(0.2)])).toEqual([1, 0]);
  });
  it('is a new one after a cut, after a long absence and after a seek', () => {
    const tracker = createFaceTracker();
    const track = (time: number, signature: FrameSignature) => tracker.follow(time, signature, [face(0.4)])[0]?.track;
    expect(track(0, studio)).toBe(0);
    expect(track(0.5, street)).toBe(1);
    expect(track(1, street)).toBe(1);
    expect(track(9, street)).toBe(2);
    expect(track(2, street)).toBe(3);
  });
  it('goes on where a file is looked at every three seconds and a little', () => {
    const tracker = createFaceTracker();
    const track = (time: number) => tracker.follow(time, studio, [face(0.4)])[0]?.track;
    expect([0, 3.003, 6.04, 9.08].map(track)).toEqual([0, 0, 0, 0]);
  });
  it('never ends in more tracks than a record holds', () => {
    const tracker = createFaceTracker();
    let most = 0;
    for (let i = 0; i < 500; i++) {
      for (const { track } of tracker.follow(i * 10, studio, [face(0.1), face(0.5)])) most = Math.max(most, track);
    }
    expect(most).toBe(63);
  });
});
