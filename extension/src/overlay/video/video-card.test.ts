import { errorReport, type TimelineMoment } from '@touchstone/shared';
import { CUT_AND_GAP, DRAWN_STRETCHES, stretchesOf } from '@touchstone/shared/present/fixtures';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTranslator } from '../../i18n/create-translator.ts';
import { createBadge, renderBadge } from '../badge/badge.ts';
import { createCard, renderCard } from '../card/card.ts';
import { sampleRecord } from '../card/sample-record.ts';
import { createTimelinePanel, timelineSpot } from './timeline-panel.ts';
import { noVideoYet, sameState, type VideoCheckState } from './video-state.ts';

const english = createTranslator('en');
const moment = (time: number, probability = 0.5): TimelineMoment => ({
  time,
  probability,
  low: 0.3,
  high: 0.7,
  shot: 0,
  faces: [],
});
const state = (change: Partial<VideoCheckState> = {}): VideoCheckState => ({
  ...noVideoYet,
  activity: 'sampling',
  verdict: sampleRecord().verdict,
  framesAnalyzed: 3,
  duration: 65,
  moments: [moment(0), moment(10, 0.9), moment(20)],
  shots: [{ start: 0, end: 20, probability: 0.4, frames: 3 }],
  ...change,
});

describe('card of a video', () => {
  const draw = (drawn: VideoCheckState, card = createCard()) => {
    renderCard(card, { state: drawn, label: { status: 'none' } }, english);
    return card;
  };

  it('says what is so far, how many frames were seen, and lists the shots', () => {
    const card = draw(state());
    expect(card.querySelector('.title')?.textContent).toBe('Likely AI so far');
    expect(card.textContent).toContain('Frames seen: 3');
    expect(card.querySelector('[data-action="seek"]')?.textContent).toBe('0:00 to 0:20: chance of AI 40%');
    expect(card.querySelector('[data-action="stop"]')).not.toBeNull();
  });

  it('keeps what a person focused while the numbers change', () => {
    const card = draw(state());
    document.body.append(card);
    const shot = card.querySelector<HTMLElement>('[data-action="seek"]');
    shot?.focus();
    draw(state({ framesAnalyzed: 4 }), card);
    expect(card.textContent).toContain('Frames seen: 4');
    expect(document.activeElement).toBe(shot);
    card.remove();
  });

  it('offers record and label once the record is there', () => {
    const card = draw(state({ activity: 'ended', record: sampleRecord() }));
    expect(card.querySelector('.title')?.textContent).toBe('Likely AI');
    for (const action of ['history', 'wrong', 'again'])
      expect(card.querySelector(`[data-action="${action}"]`)).not.toBeNull();
  });

  it('takes focus off a button that became another one', () => {
    const card = draw(state());
    document.body.append(card);
    card.querySelector<HTMLElement>('[data-action="stop"]')?.focus();
    draw(state({ activity: 'ended', record: sampleRecord() }), card);
    expect(document.activeElement).toBe(card);
    card.remove();
  });

  it('writes the time of a single moment once', () => {
    const face = { track: 0, start: 2, end: 2.4, frames: 1, probability: 0.2 };
    const card = draw(state({ shots: [{ start: 2, end: 2.4, probability: 0.4, frames: 1 }], faceTracks: [face] }));
    expect(card.querySelector('[data-action="seek"]')?.textContent).toBe('0:02: chance of AI 40%');
    expect(card.textContent).toContain('Face 1, 0:02: chance of AI 20%');
  });

  it('names a video that is protected', () => {
    const card = createCard();
    renderCard(
      card,
      { state: { kind: 'error', error: errorReport('video-protected') }, label: { status: 'none' } },
      english,
    );
    expect(card.querySelector('.title')?.textContent).toBe('Protected video');
  });

  it('decides nothing before a frame was judged, and says why none counts', () => {
    const card = draw(state({ framesAnalyzed: 0, moments: [], shots: [] }));
    expect(card.textContent).not.toContain('Chance of AI');
    expect(card.textContent).toContain('The picture is small.');
  });

  it.each([
    ['by its frames', { ...sampleRecord().verdict, value: 'uncertain' as const }, 'Unclear'],
    ['because none came', undefined, 'Not checked'],
  ])('does not seem to go on when it ended without a frame that tells something, %s', (_, verdict, title) => {
    const { verdict: _none, ...rest } = state({ activity: 'ended', framesAnalyzed: 0, moments: [], shots: [] });
    const ended: VideoCheckState = { ...rest, ...(verdict && { verdict }) };
    const card = draw(ended);
    expect(card.querySelector('.title')?.textContent).toBe(title);
    expect(card.textContent).toContain('No frame was judged.');
    for (const wrong of ['Chance of AI', 'Checked']) expect(card.textContent).not.toContain(wrong);
    const badge = createBadge();
    renderBadge(badge, ended, english, false);
    expect(badge.getAttribute('aria-label')).toBe(`${title}. Show details.`);
    for (const drawn of [card, badge]) expect(drawn.querySelector('.icon-pending')).toBeNull();
  });

  it('tells states apart that look different', () => {
    const one = state();
    expect(sameState(one, { ...one })).toBe(true);
    expect(sameState(one, { ...one, framesAnalyzed: 4 })).toBe(false);
  });
});

describe('timeline panel', () => {
  const player = { now: () => 10.2, frame: () => undefined, seek: vi.fn() };
  beforeEach(() => player.seek.mockClear());

  it('is a slider that says its moment in words', () => {
    const panel = createTimelinePanel(player);
    panel.draw(state(), english);
    const slider = panel.element.querySelector('[role="slider"]');
    expect(slider?.getAttribute('aria-valuetext')).toBe('0:10: chance of AI 90%, between 30% and 70%');
    expect(slider?.getAttribute('aria-valuemax')).toBe('65.0');
  });

  it('draws no line over a cut or over what was not seen', () => {
    const panel = createTimelinePanel(player);
    panel.draw(state(CUT_AND_GAP), english);
    const path = panel.element.querySelector('.plot .line')?.getAttribute('d') ?? '';
    expect(stretchesOf(path, 0, 1000)).toEqual(DRAWN_STRETCHES);
  });

  it('moves by keys from moment to moment, in the direction of the language', () => {
    const panel = createTimelinePanel(player);
    panel.draw(state(), english);
    expect(panel.key('ArrowRight')).toBe(true);
    expect(player.seek).toHaveBeenLastCalledWith(20);
    panel.key('Home');
    expect(player.seek).toHaveBeenLastCalledWith(0);
    expect(panel.key('Tab')).toBe(false);
    panel.draw(state(), createTranslator('ar'));
    panel.key('ArrowRight');
    expect(player.seek).toHaveBeenLastCalledWith(10);
  });

  it('stands under the player, or over its lower part above the controls', () => {
    const viewport = { width: 1000, height: 800 };
    expect(timelineSpot({ x: 20, y: 50, width: 640, height: 360 }, 100, viewport)).toEqual({
      spot: { x: 20, y: 416 },
      width: 640,
    });
    const { spot } = timelineSpot({ x: 0, y: 0, width: 1000, height: 800 }, 100, viewport);
    expect(spot.y).toBe(800 - 72 - 100);
  });
});
