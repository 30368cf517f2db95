import { describe, expect, it } from 'vitest';
import { playerOf } from './player.ts';

const HAVE_METADATA = 1;
const HAVE_ENOUGH_DATA = 4;

/** A video element that is in this state. */
function video(
  state: Partial<Pick<HTMLVideoElement, 'paused' | 'ended' | 'seeking' | 'readyState'>>,
): HTMLVideoElement {
  const element = document.createElement('video');
  const whole = { paused: false, ended: false, seeking: false, readyState: HAVE_ENOUGH_DATA, ...state };
  for (const [name, value] of Object.entries(whole)) Object.defineProperty(element, name, { value });
  return element;
}

describe('a video player', () => {
  it.each([
    [true, 'plays', {}],
    [true, 'is wound, or loops', { seeking: true, readyState: HAVE_METADATA }],
    [false, 'has nothing to show', { readyState: HAVE_METADATA }],
    [false, 'stands still', { paused: true }],
    [false, 'is wound while it stands still', { paused: true, seeking: true }],
    [false, 'is over', { ended: true }],
  ])('counts as playing: %s when it %s', (playing, _, state) => {
    expect(playerOf(video(state)).playing()).toBe(playing);
  });
});
