import { describe, expect, it } from 'vitest';
import { releasePixels } from '../decode/release-pixels.ts';
import { createFrameMemory } from './frame-memory.ts';

const SIZE = { width: 4, height: 2 };
const BYTES = SIZE.width * SIZE.height * 3;
const release = (data: Uint8Array): void => releasePixels({ data, ...SIZE });

describe('the memory of frames', () => {
  it('is used again once a frame was released, and not before', () => {
    const memory = createFrameMemory();
    const [first, second] = [memory.take(BYTES), memory.take(BYTES)];
    expect(second.buffer).not.toBe(first.buffer);
    release(first);
    expect(memory.take(BYTES)).toBe(first);
    expect(memory.take(BYTES)).not.toBe(first);
  });

  it('comes back once, however often a frame is released', () => {
    const memory = createFrameMemory();
    const first = memory.take(BYTES);
    release(first);
    release(first);
    expect(memory.take(BYTES)).not.toBe(memory.take(BYTES));
  });

  it('goes back to the system when frames change their size', () => {
    const memory = createFrameMemory();
    const small = [memory.take(BYTES), memory.take(BYTES)];
    for (const data of small) release(data);
    expect(memory.take(2 * BYTES)).toHaveLength(2 * BYTES);
    for (const { byteLength } of small) expect(byteLength).toBe(0);
  });

  it('goes back to the system at the end, what is still out as soon as it is released', () => {
    const memory = createFrameMemory();
    const [free, out] = [memory.take(BYTES), memory.take(BYTES)];
    release(free);
    memory.close();
    expect(free.byteLength).toBe(0);
    expect(out).toHaveLength(BYTES);
    release(out);
    expect(out.byteLength).toBe(0);
  });
});
