import type { TimelineShot } from '@touchstone/shared';
import type { CardTranslator as Translator } from '../../i18n/translator.ts';
import { actionButton } from '../card/action-button.ts';
import { probabilityScale } from '../card/verdict-section.ts';
import { element } from '../draw/element.ts';
import type { VideoCheckState } from './video-state.ts';

/** Shots and faces written out; a long film has thousands. */
const LISTED = 40;

/** The verdict in words; while more frames may come it says so. Without a frame that tells something, what is done. */
export function videoTitle({ verdict, framesAnalyzed, activity }: VideoCheckState, translator: Translator): string {
  if (activity === 'ended') return verdict ? translator.verdict(verdict) : translator.text('video-unchecked');
  if (!verdict || framesAnalyzed === 0) return translator.text(`video-${activity}`);
  return translator.text('video-so-far', { verdict: translator.verdict(verdict) });
}

/** What is being done, how many frames were seen, and what a person can do. */
export function activitySection(state: VideoCheckState, translator: Translator): HTMLElement {
  const { activity, framesAnalyzed } = state;
  const count = translator.text('video-frames', { count: translator.number(framesAnalyzed) });
  const noneJudged = activity === 'ended' && framesAnalyzed === 0;
  const hint =
    activity === 'unplayed'
      ? translator.text('video-play-hint')
      : activity === 'paused'
        ? translator.text('video-paused-hint')
        : activity === 'sampling' && framesAnalyzed === 0
          ? translator.text('video-first-frames')
          : activity === 'waiting' || activity === 'crowded'
            ? translator.text(activity === 'waiting' ? 'companion-start' : 'video-crowded-hint')
            : noneJudged
              ? translator.text('video-none-judged')
              : undefined;
  return element(
    'div',
    { class: 'stack' },
    element(
      'div',
      { class: 'lead' },
      element('span', { class: `activity ${activity}` }, noneJudged ? '' : translator.text(`video-${activity}`)),
      element('span', { class: 'muted' }, count),
    ),
    hint && element('div', { class: 'muted small' }, hint),
  );
}

export function videoProbability({ verdict }: VideoCheckState, translator: Translator): HTMLElement | undefined {
  if (!verdict) return undefined;
  const percent = translator.percent(verdict.probability);
  return element(
    'div',
    { class: 'stack' },
    element('div', { class: 'lead' }, element('strong', {}, translator.text('probability-likely', { percent }))),
    probabilityScale(verdict, translator),
  );
}

const times = (part: { readonly start: number; readonly end: number }, translator: Translator) => ({
  from: translator.clock(part.start),
  to: translator.clock(part.end),
});

function shotItem(shot: TimelineShot, translator: Translator): HTMLElement {
  const percent = translator.percent(shot.probability);
  const { from, to } = times(shot, translator);
  const words = translator.text(from === to ? 'video-shot-at' : 'video-shot', { from, to, percent });
  const button = actionButton('seek', words, 'plain');
  button.setAttribute('data-time', String(shot.start));
  return element('li', {}, button);
}

/** The timeline in words: what the drawing under the player shows, shot by shot, with a way to each. */
export function timelineText({ shots, faceTracks }: VideoCheckState, translator: Translator): HTMLElement | undefined {
  if (shots.length === 0) return undefined;
  const faces = faceTracks.slice(0, LISTED).map((face) => {
    const number = translator.number(face.track + 1);
    const percent = translator.percent(face.probability);
    const { from, to } = times(face, translator);
    const key = from === to ? 'video-face-at' : 'video-face';
    return element('li', {}, translator.text(key, { from, to, number, percent }));
  });
  return element(
    'section',
    { class: 'stack' },
    element('h3', {}, translator.text('video-shots')),
    element('ul', { class: 'shots' }, ...shots.slice(0, LISTED).map((shot) => shotItem(shot, translator))),
    faces.length > 0 && element('h3', {}, translator.text('video-faces')),
    faces.length > 0 && element('ul', { class: 'small' }, ...faces),
  );
}

/** Small facts, and what this check can find and what it cannot. */
export function videoFacts(state: VideoCheckState, translator: Translator): HTMLElement {
  const { record, duration, screenshots, framesAnalyzed } = state;
  const rows: (readonly [string, string])[] = [
    [translator.text('fact-length'), duration === null ? translator.text('length-live') : translator.clock(duration)],
    [translator.text('fact-path'), translator.text(screenshots ? 'path-screenshot' : 'path-canvas')],
  ];
  if (record) {
    const { pack, provider } = record;
    rows.push([translator.text('fact-model'), `${pack.name} ${pack.version} (${provider})`]);
  }
  const facts = element('dl', { class: 'facts' });
  for (const [name, value] of rows) facts.append(element('dt', {}, name), element('dd', {}, element('bdi', {}, value)));
  const where = framesAnalyzed > 0 ? translator.text('judged-here') : '';
  const unlogged = record && !record.logged ? translator.text('not-recorded') : '';
  const words = [translator.text('video-covers'), translator.text('never-proof'), where, unlogged];
  return element(
    'section',
    { class: 'rule stack', attributes: { 'aria-label': translator.text('facts') } },
    facts,
    element('div', { class: 'muted small' }, words.filter(Boolean).join(' ')),
  );
}
