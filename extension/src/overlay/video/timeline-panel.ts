import {
  momentNear,
  neighbourOf,
  type PlotBar,
  placeOf,
  plotPaths,
  plotTimeline,
  stepOf,
  type TimelinePlot,
  type TimeSpan,
  timeAt,
  timelineSpan,
} from '@touchstone/shared/present';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { element } from '../draw/element.ts';
import { morphChildren } from '../draw/morph.ts';
import type { Box, Size, Spot } from '../place/geometry.ts';
import type { VideoCheckState } from './video-state.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** The plot in its own units, whatever the pixels. */
const PLOT = { left: 0, top: 0, width: 1000, height: 100 } as const;
/** Between the player and its timeline, and between the timeline and the edge of the viewport, in CSS pixels. */
const GAP_PIXELS = 6;
/** Narrower than this, the times at its ends would run into each other. */
const NARROWEST_PIXELS = 220;
/** Room left free at the lower edge of a player that has none below it: there Chromium's controls are 70 pixels high. */
const CONTROLS_PIXELS = 72;
/** A moment counts as shown while the player is this near to it, in seconds: half of the longest interval. */
const NEAR_SECONDS = 1.05;
/** Lanes of faces drawn; the card lists them all. */
const FACE_LANES = 4;

/** The player that a timeline belongs to. */
export interface TimelinePlayer {
  /** Seconds into the video. */
  now(): number;
  /** Where its frames are drawn in the viewport. */
  frame(): Box | undefined;
  /** Absent where the player cannot go anywhere. */
  readonly seek?: (time: number) => void;
}

export interface TimelinePanel {
  readonly element: HTMLElement;
  draw(state: VideoCheckState, translator: Translator): void;
  /** Moves the playhead and says where it is. */
  follow(): void;
  /** A press at this place of the screen. */
  press(clientX: number): void;
  /** @returns whether the key meant something here */
  key(name: string): boolean;
}

/** Where a timeline goes: under its player, or over the player's lower part where there is no room. Its width too. */
export function timelineSpot(video: Box, height: number, viewport: Size): { spot: Spot; width: number } {
  const room = viewport.width - 2 * GAP_PIXELS;
  const width = Math.min(room, Math.max(NARROWEST_PIXELS, video.width));
  const x = Math.max(GAP_PIXELS, Math.min(video.x, viewport.width - width - GAP_PIXELS));
  const below = video.y + video.height + GAP_PIXELS;
  const fits = below + height + GAP_PIXELS <= viewport.height;
  const inside = Math.min(video.y + video.height - CONTROLS_PIXELS, viewport.height - GAP_PIXELS) - height;
  return {
    spot: { x: Math.round(x), y: Math.round(fits ? below : Math.max(GAP_PIXELS, inside)) },
    width: Math.round(width),
  };
}

function svg(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function drawPlot(plot: TimelinePlot): Element {
  const { line, area, cuts } = plotPaths(plot, PLOT);
  const drawing = svg('svg', {
    viewBox: `0 0 ${PLOT.width} ${PLOT.height}`,
    preserveAspectRatio: 'none',
    'aria-hidden': 'true',
    class: 'plot',
  });
  drawing.append(
    svg('path', { class: 'half', d: `M0 ${PLOT.height / 2}H${PLOT.width}` }),
    svg('path', { class: 'band', d: area }),
    svg('path', { class: 'cuts', d: cuts }),
    svg('path', { class: 'line', d: line }),
  );
  return drawing;
}

function faceLanes(faces: readonly PlotBar[]): HTMLElement {
  const lanes = element('div', { class: 'lanes', attributes: { 'aria-hidden': 'true' } });
  for (const { from, to } of faces.slice(0, FACE_LANES)) {
    const bar = element('span', { class: 'bar' });
    bar.style.insetInlineStart = `${(from * 100).toFixed(1)}%`;
    bar.style.inlineSize = `max(4px, ${((to - from) * 100).toFixed(1)}%)`;
    lanes.append(element('span', { class: 'lane' }, bar));
  }
  return lanes;
}

/** The timeline of one video: a slider to press and to move by keys, with its meaning in words. */
export function createTimelinePanel(player: TimelinePlayer): TimelinePanel {
  const playhead = element('span', { class: 'playhead' });
  const drawing = element('div', { class: 'drawing' });
  const track = element('div', { class: 'track' }, drawing, playhead);
  const caption = element('div', { class: 'caption' });
  const slider = element(
    'div',
    { class: 'slider', attributes: { 'data-action': 'timeline', role: 'slider', tabindex: '0' } },
    track,
  );
  const panel = element('div', { class: 'timeline' }, slider, caption);
  let state: VideoCheckState | undefined;
  let translator: Translator | undefined;
  let span: TimeSpan = { start: 0, end: 1 };

  const describe = (time: number): string => {
    if (!state || !translator) return '';
    const moment = momentNear(state.moments, time, NEAR_SECONDS);
    if (!moment) return translator.text('timeline-unseen', { time: translator.clock(time) });
    const { probability, low, high } = moment;
    return translator.text('timeline-moment', {
      time: translator.clock(moment.time),
      percent: translator.percent(probability),
      low: translator.percent(low),
      high: translator.percent(high),
    });
  };
  const follow = () => {
    if (!state) return;
    const now = player.now();
    // A stream grows under the playhead.
    if (state.duration === null) span = timelineSpan(state, now);
    const words = describe(now);
    const place = `${(placeOf(now, span) * 100).toFixed(2)}%`;
    if (playhead.style.insetInlineStart !== place) playhead.style.insetInlineStart = place;
    if (slider.getAttribute('aria-valuetext') === words) return;
    slider.setAttribute('aria-valuenow', now.toFixed(1));
    slider.setAttribute('aria-valuetext', words);
    const shown = caption.querySelector('.now');
    if (shown) shown.textContent = words;
  };
  const goTo = (time: number) => {
    if (!player.seek || !state) return false;
    player.seek(Math.max(span.start, Math.min(span.end, time)));
    follow();
    return true;
  };

  return {
    element: panel,
    draw(next, nextTranslator) {
      state = next;
      translator = nextTranslator;
      span = timelineSpan(next, player.now());
      const plot = plotTimeline(next, span);
      panel.setAttribute('dir', translator.direction);
      panel.setAttribute('lang', translator.language);
      const tone = next.verdict && next.framesAnalyzed > 0 ? stepOf(next.verdict) : 'pending';
      panel.setAttribute('data-verdict', tone);
      slider.setAttribute('aria-label', translator.text('video-timeline'));
      slider.setAttribute('aria-valuemin', span.start.toFixed(1));
      slider.setAttribute('aria-valuemax', span.end.toFixed(1));
      slider.toggleAttribute('data-still', player.seek === undefined);
      if (player.seek) slider.removeAttribute('aria-disabled');
      else slider.setAttribute('aria-disabled', 'true');
      morphChildren(drawing, element('div', {}, drawPlot(plot) as HTMLElement, faceLanes(plot.faces)));
      const legend = [
        translator.text('timeline-legend'),
        next.faceTracks.length > 0 ? translator.text('timeline-faces') : '',
      ];
      const ends = element(
        'div',
        { class: 'ends' },
        element('bdi', {}, translator.clock(span.start)),
        element('span', { class: 'now' }, describe(player.now())),
        element('bdi', {}, next.duration === null ? translator.text('length-live') : translator.clock(span.end)),
      );
      morphChildren(caption, element('div', {}, ends, element('div', { class: 'legend' }, legend.join(' ').trim())));
      follow();
    },
    follow,
    press(clientX) {
      const { left, width } = track.getBoundingClientRect();
      const share = (clientX - left) / width;
      goTo(timeAt(translator?.direction === 'rtl' ? 1 - share : share, span));
    },
    key(name) {
      if (!state) return false;
      const now = player.now();
      const onward = translator?.direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
      const back = onward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
      const next = neighbourOf(state.moments, now, 1)?.time;
      const previous = neighbourOf(state.moments, now, -1)?.time;
      if (name === onward || name === 'ArrowUp') return goTo(next ?? now);
      if (name === back || name === 'ArrowDown') return goTo(previous ?? now);
      const page = (span.end - span.start) / 10;
      if (name === 'PageUp') return goTo(now + page);
      if (name === 'PageDown') return goTo(now - page);
      if (name === 'Home') return goTo(span.start);
      if (name === 'End') return goTo(state.moments.at(-1)?.time ?? span.end);
      return false;
    },
  };
}
