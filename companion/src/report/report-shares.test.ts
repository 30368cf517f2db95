import type { Timeline } from '@touchstone/shared';
import { LANGUAGES, probabilityText } from '@touchstone/shared/words';
import { describe, expect, it } from 'vitest';
import { percent, timelineSection } from './sections.ts';
import { reportTexts } from './texts/report-texts.ts';

const SURE = [0.996, 0.004] as const;

const timeline: Timeline = {
  duration: 8,
  framesAnalyzed: 2,
  moments: SURE.map((probability, index) => ({
    time: index * 4,
    probability,
    low: probability,
    high: probability,
    shot: index,
    faces: [],
  })),
  shots: SURE.map((probability, index) => ({ start: index * 4, end: index * 4 + 4, probability, frames: 1 })),
  faceTracks: [],
  stoppedEarly: false,
};

describe.each(LANGUAGES)('probabilities of a report (%s)', (language) => {
  const texts = reportTexts(language);

  it.each(SURE)('never promise certainty: %d', (probability) => {
    expect(percent(probability, texts).html).toBe(`<bdi>${probabilityText(probability, language)}</bdi>`);
  });

  it('stand in the table of shots in the words of every other surface', () => {
    const { html } = timelineSection(timeline, [], texts);
    const cells = [...html.matchAll(/<td><bdi>([^<]*)<\/bdi><\/td><\/tr>/g)].map(([, words]) => words);
    expect(html).not.toContain('\ufffd');
    expect(cells).toEqual(SURE.map((probability) => probabilityText(probability, language)));
  });
});
