import { TouchstoneError } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { afterEvent, FIRST_STATE, type FollowEvent, type FollowState } from './follow-state.ts';

const after = (...events: readonly FollowEvent[]): FollowState => events.reduce(afterEvent, FIRST_STATE);
const failed = (code: ConstructorParameters<typeof TouchstoneError>[0], now = 1000): FollowEvent => ({
  type: 'failed',
  error: new TouchstoneError(code),
  now,
});
const broken = Array.from({ length: 5 }, () => failed('broken-picture'));

describe('following a video', () => {
  it.each(['picture-gone', 'cancelled', 'busy'] as const)('passes over %s: the next frame may do', (code) => {
    expect(after(failed(code))).toEqual(FIRST_STATE);
  });

  it('waits twice as long after each failure of a companion that is away, up to five seconds', () => {
    const away = failed('companion-unreachable');
    expect(after(away)).toMatchObject({ waitingFor: 'companion', retryAt: 1500, retryWait: 1000 });
    expect(after(away, away)).toMatchObject({ retryAt: 2000, retryWait: 2000 });
    expect(after(away, away, away, away, away, away).retryWait).toBe(5000);
  });

  it('waits for a track that the companion gave up, and tells nobody to start it', () => {
    expect(after(failed('track-unknown')).waitingFor).toBe('track');
  });

  it('ends every wait with an answer', () => {
    const answered = after(failed('companion-unreachable'), failed('too-many-videos'), { type: 'answered' });
    expect(answered).toMatchObject({ waitingFor: 'nothing', refused: false, retryWait: 500 });
  });

  it('asks for a place again after four seconds', () => {
    expect(after(failed('too-many-videos'))).toMatchObject({ refused: true, retryAt: 5000, waitingFor: 'nothing' });
  });

  it('shows that frames cannot be judged after five of them in a row', () => {
    expect(after(...broken).problem).toBeUndefined();
    expect(after(...broken, failed('broken-picture')).problem?.code).toBe('broken-picture');
    expect(after(...broken, { type: 'answered' }, failed('broken-picture')).problem).toBeUndefined();
  });

  it('keeps what a failure says until something changes', () => {
    const refused = after(failed('private-window'));
    expect(refused.problem?.code).toBe('private-window');
    expect(afterEvent(refused, { type: 'answered' }).problem?.code).toBe('private-window');
    expect(afterEvent(refused, { type: 'retry' }).problem).toBeUndefined();
  });

  it('says protected until the keys are gone, however often it is asked', () => {
    const locked = after({ type: 'locked' }, { type: 'asked' }, { type: 'retry' });
    expect(locked.problem?.code).toBe('video-protected');
    expect(afterEvent(locked, { type: 'unlocked' }).problem).toBeUndefined();
    expect(afterEvent(after(failed('private-window')), { type: 'unlocked' }).problem?.code).toBe('private-window');
  });

  it('takes its frames from the screen once its pixels are closed, until another source plays', () => {
    const tainted = after({ type: 'tainted' });
    expect(afterEvent(tainted, { type: 'begun', sameSource: true }).screenshots).toBe(true);
    expect(afterEvent(tainted, { type: 'begun', sameSource: false }).screenshots).toBe(false);
  });

  it('photographs a canvas that read back black three times', () => {
    const black: FollowEvent = { type: 'black-canvas' };
    expect(after(black, black).screenshots).toBe(false);
    expect(after(black, black, black).screenshots).toBe(true);
    expect(after(black, black, { type: 'begun', sameSource: true }, black).screenshots).toBe(false);
  });

  it('stays stopped through every retry, until a person asks', () => {
    const stopped = after({ type: 'stopped' }, { type: 'retry' }, { type: 'answered' });
    expect(stopped.stopped).toBe(true);
    expect(afterEvent(stopped, { type: 'asked' }).stopped).toBe(false);
  });

  it('has a place, or the page has too many', () => {
    expect(after({ type: 'place', allowed: false, crowded: true })).toMatchObject({ allowed: false, crowded: true });
  });
});
