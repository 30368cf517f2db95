import type { Verdict } from '@touchstone/shared';
import { LANGUAGES } from '@touchstone/shared/words';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { claimsCounted, contradictionsIn, textsOn } from '../../../shared/src/present/fixtures/claims.ts';
import verdicts from '../../../shared/src/present/fixtures/verdicts.json' with { type: 'json' };
import { createTranslator } from '../i18n/create-translator.ts';
import type { ListedVideo } from '../messaging/requests.ts';
import { sampleRecord } from '../overlay/card/sample-record.ts';
import { shareLines } from '../share/share-lines.ts';
import { ResultRow } from '../ui/result-row.tsx';
import { TranslationProvider } from '../ui/translation.tsx';
import { VideoRow } from './video-row.tsx';

/** Verdicts as the companion makes them, from every row of its table and from records of earlier versions. */
const VERDICTS = verdicts as readonly Verdict[];
const nothing = () => undefined;

const listed = ({ value, leaning, probability }: Verdict, over: boolean): ListedVideo => ({
  frameId: 0,
  number: 1,
  title: 'A film',
  width: 640,
  height: 360,
  inView: true,
  duration: 60,
  playing: !over,
  activity: over ? 'ended' : 'sampling',
  verdict: value,
  ...(leaning && { leaning }),
  probability,
  framesAnalyzed: 7,
});

describe.each(LANGUAGES)('no two sentences disagree (%s)', (language) => {
  const shown = (element: ReactNode): string[] => {
    const page = document.createElement('ul');
    page.innerHTML = renderToStaticMarkup(<TranslationProvider setting={language}>{element}</TranslationProvider>);
    return textsOn(page);
  };
  const agree = (texts: readonly string[], verdict: Verdict): void => {
    // The word of the scale and the number: what nobody understands contradicts nothing.
    expect(claimsCounted(texts, language)).toBeGreaterThanOrEqual(2);
    expect(contradictionsIn(texts, language), JSON.stringify(verdict)).toEqual([]);
  };

  it('in the lists of the popup and of files', () => {
    for (const verdict of VERDICTS) {
      const outcome = { kind: 'verdict', record: sampleRecord({ verdict }) } as const;
      agree(shown(<ResultRow outcome={outcome} name="a.jpg" onOpen={nothing} />), verdict);
    }
  });

  it('in the list of videos', () => {
    for (const verdict of VERDICTS)
      for (const over of [false, true]) {
        const video = listed(verdict, over);
        agree(shown(<VideoRow video={video} name="A film" canCheck onCheck={nothing} onOpen={nothing} />), verdict);
      }
  });

  it('in a result that is passed on', () => {
    const translator = createTranslator(language);
    for (const verdict of VERDICTS) {
      const { title, chance, reasons, caution } = shareLines(sampleRecord({ verdict }), translator);
      agree([title, chance, ...reasons, caution], verdict);
    }
  });
});
