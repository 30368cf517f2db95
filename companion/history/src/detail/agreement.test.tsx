import type { Verdict } from '@touchstone/shared';
import { LANGUAGES } from '@touchstone/shared/words';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { claimsCounted, contradictionsIn, textsOn } from '../../../../shared/src/present/fixtures/claims.ts';
import verdicts from '../../../../shared/src/present/fixtures/verdicts.json' with { type: 'json' };
import { rememberLanguage } from '../i18n/language.ts';
import { exampleRecord } from '../list/example-record.ts';
import { VerdictBadge } from '../list/verdict-badge.tsx';
import { renderInPage } from '../ui/render-in-page.tsx';
import { CaveatList } from './caveat-list.tsx';
import { NextSteps } from './next-steps.tsx';
import { VerdictBlock } from './verdict-block.tsx';

/** Verdicts as the companion makes them, from every row of its table and from records of earlier versions. */
const VERDICTS = verdicts as readonly Verdict[];

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

describe.each(LANGUAGES)('no two sentences disagree (%s)', (language) => {
  beforeEach(() => rememberLanguage(localStorage, language));

  it('in the list and the details of a result', () => {
    for (const verdict of VERDICTS) {
      const record = exampleRecord({ verdict });
      const page = renderInPage(
        <div>
          <VerdictBadge verdict={verdict} />
          <VerdictBlock record={record} />
          <CaveatList caveats={verdict.caveats} />
          <NextSteps record={record} />
        </div>,
      );
      const texts = textsOn(page).map((text) => text.replace(/^\((.*)\)$/, '$1'));
      page.remove();
      // The word of the scale in the list and in the details, and the number: what nobody understands contradicts nothing.
      expect(claimsCounted(texts, language)).toBeGreaterThanOrEqual(3);
      expect(contradictionsIn(texts, language), JSON.stringify(verdict)).toEqual([]);
    }
  });
});
