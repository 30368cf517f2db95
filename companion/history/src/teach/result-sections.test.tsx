import { type Training, TrainingResult, TrainingSettings } from '@touchstone/shared';
import { LANGUAGES, textOf } from '@touchstone/shared/words';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rememberLanguage } from '../i18n/language.ts';
import { press, renderInPage } from '../ui/render-in-page.tsx';
import { ResultSections } from './result-sections.tsx';

const answer = vi.fn<typeof fetch>();

beforeEach(() => vi.stubGlobal('fetch', answer));
afterEach(() => {
  vi.unstubAllGlobals();
  answer.mockReset();
  localStorage.clear();
  document.body.replaceChildren();
});

const RESULT = v.parse(TrainingResult, {
  training: 't',
  pack: 'mine@1',
  base: 'thorough@1.0.0',
  verdict: 'too-few',
  sentence: '',
  trained: 4,
  tested: 0,
  own: null,
  unmodified: null,
  difference: null,
  model: 'logistic',
  penalty: 1,
  neighbours: null,
  hidden: null,
  tried: [],
  fakeAbove: 0.9,
  heldToPublished: true,
});
const TRAINING: Training = {
  id: 't',
  state: 'completed',
  stage: null,
  progress: null,
  secondsLeft: null,
  createdAt: 0,
  endedAt: 1,
  error: null,
  dataset: 'd',
  datasetName: 'pictures',
  settings: v.parse(TrainingSettings, { seed: 7 }),
  base: 'thorough@1.0.0',
  pack: 'mine@1',
  inUse: false,
  baseMissing: false,
};

describe.each(LANGUAGES)('the result of a training (%s)', (language) => {
  beforeEach(() => rememberLanguage(localStorage, language));

  async function shown(training: Training): Promise<(key: Parameters<typeof textOf>[1]) => HTMLButtonElement | null> {
    answer.mockImplementation(async (_, init) => Response.json(init?.method === 'POST' ? training : RESULT));
    const page = renderInPage(<ResultSections training={training} />);
    await vi.waitFor(() => expect(page.querySelector('.teach-verdict')).not.toBeNull(), 300_000);
    return (key) =>
      [...page.querySelectorAll('button')].find(({ textContent }) => textContent === textOf(language, key)) ?? null;
  }

  it('whose base an update replaced offers no use, and is taught anew with the same pictures and settings', async () => {
    const button = await shown({ ...TRAINING, baseMissing: true });
    expect(document.querySelector('[data-code="base-missing"] .error-step')?.textContent).not.toBe('');
    expect(button('teach-use')).toBeNull();
    press(button('teach-anew'));
    const posted = () => answer.mock.calls.find(([, init]) => init?.method === 'POST');
    await vi.waitFor(() => expect(posted()?.[0]).toBe('/api/teach/trainings'), 300_000);
    expect(JSON.parse(String(posted()?.[1]?.body))).toEqual({ dataset: 'd', settings: TRAINING.settings });
  });

  it('offers to check the history again once its pack is in use', async () => {
    expect((await shown(TRAINING))('teach-recheck')).toBeNull();
    document.body.replaceChildren();
    expect((await shown({ ...TRAINING, inUse: true }))('teach-recheck')).not.toBeNull();
  });
});
