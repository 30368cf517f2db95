import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { type CheckState, toneOf } from '../check-state.ts';
import { element } from '../draw/element.ts';
import { icon } from '../draw/icons.ts';
import { morphChildren } from '../draw/morph.ts';
import { videoTitle } from '../video/video-section.ts';
import type { VideoCheckState } from '../video/video-state.ts';

/** Below this displayed width, in CSS pixels, the badge shows its icon only (the words stay in its name). */
const WORDS_FROM_WIDTH = 180;

function word(state: CheckState, translator: Translator): string {
  if (state.kind === 'video') return videoWord(state, translator);
  if (state.kind === 'pictures') return translator.text('pictures-title');
  if (state.kind === 'verdict') return translator.verdict(state.record.verdict);
  if (state.kind !== 'error') return translator.text('badge-pending');
  return translator.text(state.error.code === 'video-protected' ? 'video-protected' : 'badge-error');
}

function videoWord(state: VideoCheckState, translator: Translator): string {
  const { verdict, framesAnalyzed } = state;
  if (!verdict || framesAnalyzed === 0) return videoTitle(state, translator);
  return `${translator.verdict(verdict)} · ${translator.number(framesAnalyzed)}`;
}

function videoSummary(state: VideoCheckState, translator: Translator): string {
  const { verdict, framesAnalyzed, activity } = state;
  const doing = translator.text(`video-${activity}`);
  if (!verdict || framesAnalyzed === 0) return videoTitle(state, translator);
  const percent = translator.percent(verdict.probability);
  const count = translator.number(framesAnalyzed);
  const parts = [
    videoTitle(state, translator),
    translator.text('probability-likely', { percent }),
    translator.text('video-frames', { count }),
  ];
  return (activity === 'ended' ? parts : [...parts, doing]).join(', ');
}

/** What is known of a check, in a line. */
export function badgeSummary(state: CheckState, translator: Translator): string {
  if (state.kind === 'video') return videoSummary(state, translator);
  if (state.kind !== 'verdict') return word(state, translator);
  const { verdict } = state.record;
  const percent = translator.percent(verdict.probability);
  return [translator.verdict(verdict), translator.text('probability-likely', { percent })].join(', ');
}

export function createBadge(): HTMLButtonElement {
  return element('button', { class: 'badge', attributes: { type: 'button', 'data-action': 'open' } });
}

/** What a badge is called, and what is said of it to screen readers. */
export function badgeName(state: CheckState, translator: Translator): string {
  return translator.text('badge-details', { summary: badgeSummary(state, translator) });
}

/**
 * Badges of one look are equally large.
 * @param compact whether it shows its icon only
 */
export function badgeLook(state: CheckState, translator: Translator, compact: boolean): string {
  const shown = state.kind === 'video' ? state.activity : compact ? '' : word(state, translator);
  return [toneOf(state), state.kind === 'video', compact, shown].join(' ');
}

/** Words where the picture has room for them. @param pictureWidth of what is seen of it, in CSS pixels */
export function isCompact(state: CheckState, pictureWidth: number): boolean {
  return pictureWidth < WORDS_FROM_WIDTH || toneOf(state) === 'pending';
}

/**
 * Draws a badge; verdicts are told by shape and words, never by colour alone.
 * @param compact whether it shows its icon only
 */
export function renderBadge(
  badge: HTMLButtonElement,
  state: CheckState,
  translator: Translator,
  compact: boolean,
): void {
  const tone = toneOf(state);
  badge.classList.toggle('pending', tone === 'pending');
  badge.classList.toggle('compact', compact);
  badge.setAttribute('data-verdict', tone);
  badge.setAttribute('dir', translator.direction);
  badge.setAttribute('lang', translator.language);
  const name = badgeName(state, translator);
  badge.setAttribute('aria-label', name);
  // For whoever points at it and wonders what the number is.
  badge.setAttribute('title', name);
  const activity = state.kind === 'video' && element('span', { class: `pulse ${state.activity}` });
  const shown = element('div', {}, icon(tone), element('span', { class: 'word' }, word(state, translator)), activity);
  // A video's badge changes several times a second: what stays the same is not touched.
  morphChildren(badge, shown);
}
