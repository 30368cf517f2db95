import type { Dataset } from '@touchstone/shared';
import { LANGUAGES, textOf, unusableDataset } from '@touchstone/shared/words';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rememberLanguage } from '../i18n/language.ts';
import { press, renderInPage } from '../ui/render-in-page.tsx';
import { DataSection } from './data-section.tsx';

const answer = vi.fn<typeof fetch>();

beforeEach(() => vi.stubGlobal('fetch', answer));
afterEach(() => {
  vi.unstubAllGlobals();
  answer.mockReset();
  localStorage.clear();
  document.body.replaceChildren();
});

const LOOKED_AT: Dataset = {
  id: 'd',
  state: 'completed',
  stage: null,
  progress: null,
  secondsLeft: null,
  createdAt: 0,
  endedAt: 1,
  error: null,
  name: 'mine',
  from: 'upload',
  items: 3,
  removed: 0,
  base: 'thorough@1.0.0',
  summary: {
    ai: 1,
    real: 1,
    groups: 2,
    duplicates: 0,
    contradictory: 0,
    unreadable: 60,
    leftOut: 0,
    doubtful: 1,
    enough: false,
    testable: false,
    unreadableItems: [
      { item: 2, name: 'ai/<b>.svg', truth: 'ai', why: 'SVG in English.', code: 'svg-refused' },
      { item: 3, name: 'ai/new', truth: 'ai', why: 'What tomorrow says.', code: 'of-tomorrow' },
    ],
    doubtfulItems: [{ item: 0, name: 'real/0.jpg', truth: 'real', why: null }],
  },
};

describe.each(LANGUAGES)('pictures to teach from (%s)', (language) => {
  beforeEach(() => rememberLanguage(localStorage, language));
  const button = (page: HTMLElement, words: string) =>
    [...page.querySelectorAll('button')].find(({ textContent }) => textContent === words) ?? null;

  it('that cannot be used are refused with the line that is wrong and what to do', async () => {
    const report = unusableDataset('csv-picture', { line: 7, file: 'a.jpg' }).toReport();
    answer.mockImplementation(async () => Response.json(report, { status: 422 }));
    const page = renderInPage(<DataSection dataset={undefined} />);
    press(button(page, textOf(language, 'teach-from-labels')));
    await vi.waitFor(() => expect(page.querySelector('[role="alert"]')).not.toBeNull(), 300_000);
    expect(page.querySelector('.error-fault')?.textContent).toBe(
      textOf(language, 'fault-csv-picture', { line: 7, file: 'a.jpg' }),
    );
    expect(page.querySelector('.error-step')?.textContent).toBe(textOf(language, 'fault-step-csv'));
  });

  it('are named where they cannot be read, and where the pack is sure of the opposite', () => {
    const page = renderInPage(<DataSection dataset={LOOKED_AT} />);
    const [unreadable, doubtful] = [...page.querySelectorAll('.teach-named')].map(({ textContent }) => textContent);
    expect(unreadable).toContain('ai/<b>.svg');
    // English travels with the error; every other language has its own.
    expect(unreadable?.includes('SVG in English.')).toBe(language === 'en');
    expect(unreadable).toContain('What tomorrow says.');
    expect(unreadable).toContain(textOf(language, 'teach-map-more', { count: 58 }));
    expect(doubtful).toContain('real/0.jpg');
  });
});
