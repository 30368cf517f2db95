import { LANGUAGES, probabilityText } from '@touchstone/shared/words';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { differencesOf } from '../compare/differences.ts';
import { VerdictBlock } from '../detail/verdict-block.tsx';
import { rememberLanguage } from '../i18n/language.ts';
import { exampleRecord } from '../list/example-record.ts';
import { VerdictBadge } from '../list/verdict-badge.tsx';
import { TimelineTable } from '../timeline/timeline-table.tsx';
import { renderInPage } from './render-in-page.tsx';

const SURE = [0.996, 0.004] as const;
const judged = (probability: number) => ({ ...exampleRecord().verdict, probability });
/** Without the isolates around what is filled in. */
const unmarked = (text: string) => text.replace(/[\u2068\u2069]/g, '');
const wordsOf = (page: Element) => unmarked(page.textContent ?? '');

beforeEach(() =>
  vi.stubGlobal(
    'fetch',
    vi.fn<typeof fetch>(() => new Promise(() => undefined)),
  ),
);
afterEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
});

describe.each(LANGUAGES)('probabilities on the history page (%s)', (language) => {
  beforeEach(() => rememberLanguage(localStorage, language));

  it.each(SURE)('are said as on every other surface: %d', (probability) => {
    const said = unmarked(probabilityText(probability, language));
    const record = exampleRecord({ verdict: judged(probability) });
    expect(wordsOf(renderInPage(<VerdictBadge verdict={record.verdict} />))).toContain(said);
    expect(wordsOf(renderInPage(<VerdictBlock record={record} />).querySelector('strong') ?? document.body)).toContain(
      said,
    );
  });

  it('stand in the table of moments, shots and faces', async () => {
    const [high, low] = SURE;
    const track = { track: 0, start: 0, end: 1, frames: 1, probability: low };
    const timeline = {
      duration: 1,
      framesAnalyzed: 1,
      moments: [{ time: 0, probability: high, low, high, shot: 0, faces: [] }],
      shots: [{ start: 0, end: 1, probability: high, frames: 1 }],
      faceTracks: [track],
      stoppedEarly: false,
    };
    const page = renderInPage(<TimelineTable timeline={timeline} />);
    page.querySelector('details')?.dispatchEvent(new Event('toggle'));
    page.querySelector('details')?.setAttribute('open', '');
    await vi.waitFor(() => expect(page.querySelectorAll('table')).toHaveLength(3), 300_000);
    for (const probability of SURE) expect(wordsOf(page)).toContain(unmarked(probabilityText(probability, language)));
    expect(wordsOf(page)).not.toMatch(/100|[^\d]0[^\d:.]*%/);
  });
});

describe('the difference of two checks', () => {
  it('fits the two numbers beside it', () => {
    const [first, second] = [0.985, 0.996].map((probability) => exampleRecord({ verdict: judged(probability) }));
    expect(first && second && differencesOf(first, second).points).toBe(0);
  });
});
