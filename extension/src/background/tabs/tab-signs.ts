import type { Verdict } from '@touchstone/shared';
import { STEP_COLOURS, type Step, stepOf } from '@touchstone/shared/present';
import { type Browser, browser } from 'wxt/browser';
import type { Translator } from '../../i18n/translator.ts';

/** Signs short enough for a toolbar button; the words are in its title. */
const SIGNS: Readonly<Record<Step, string>> = {
  'likely-ai': 'AI',
  'leans-ai': 'AI?',
  unclear: '?',
  'leans-authentic': '✓?',
  'likely-authentic': '✓',
};
/** Larger counts have no room on a toolbar button. */
const MOST_SHOWN = 99;

interface Sign {
  readonly text: string;
  readonly step: Step;
  readonly title: string;
}

export interface TabSignsOptions {
  /** Whether pictures can be checked now; else the connection's sign goes before that of any tab. */
  isOn(): boolean;
  /** How many pictures of the tab's page are "Likely AI". */
  flagged(tabId: number): Promise<number>;
  translator(): Promise<Translator>;
}

/**
 * What the toolbar button shows for one tab, in place of the connection's sign: the verdict on a video over which nothing can be
 * drawn, else how many pictures are "Likely AI".
 */
export interface TabSigns {
  /** What is known of a tab's pictures changed. */
  look(tabId: number): void;
  /** Connection or language changed. */
  lookAtAll(): void;
  /** @param verdict undefined where nothing is to be said of a video any more */
  video(tabId: number, verdict: Verdict | undefined): void;
  forget(tabId: number): void;
}

/** What the toolbar button says of a video, in two sentences. */
export function toolbarWords(verdict: Verdict, translator: Translator): readonly [verdict: string, chance: string] {
  const percent = translator.percent(verdict.probability);
  return [
    translator.text('video-so-far', { verdict: translator.verdict(verdict) }),
    translator.text('probability-likely', { percent }),
  ];
}

function videoSign(verdict: Verdict, translator: Translator): Sign {
  const step = stepOf(verdict);
  return { text: SIGNS[step], step, title: toolbarWords(verdict, translator).join(' ') };
}

function countSign(count: number, own: string, translator: Translator): Sign {
  const text = count > MOST_SHOWN ? `${translator.number(MOST_SHOWN)}+` : translator.number(count);
  const title = `${own}. ${translator.text('toolbar-flagged', { count: translator.number(count) })}`;
  return { text, step: 'likely-ai', title };
}

export function createTabSigns({ isOn, flagged, translator }: TabSignsOptions): TabSigns {
  const { action } = browser;
  const videos = new Map<number, Verdict>();
  const signed = new Set<number>();
  // One after the other: what is looked at last stands last.
  let last: Promise<unknown> = Promise.resolve();

  const show = async (tabId: number) => {
    const count = await flagged(tabId);
    const own = await action.getTitle({});
    const verdict = videos.get(tabId);
    const words = await translator();
    const of = verdict ? videoSign(verdict, words) : count > 0 ? countSign(count, own, words) : undefined;
    const sign = isOn() ? of : undefined;
    // A count may have been shown before the background slept.
    if (!sign && !signed.delete(tabId) && count === 0) return;
    if (sign) signed.add(tabId);
    await Promise.all([
      // Without a text the tab's own sign goes; an empty one would hide the connection's, and Firefox wants the word for none.
      action.setBadgeText({ tabId, text: sign?.text ?? null } as Browser.action.BadgeTextDetails),
      action.setTitle({ tabId, title: sign?.title ?? own }),
      sign && action.setBadgeBackgroundColor({ tabId, color: STEP_COLOURS[sign.step] }),
    ]);
  };
  const afterwards = (work: () => Promise<unknown>) => {
    // The tab may be gone.
    last = last.then(work).catch(() => undefined);
  };
  const look = (tabId: number) => afterwards(() => show(tabId));

  return {
    look,
    lookAtAll: () =>
      afterwards(async () => {
        for (const { id } of await browser.tabs.query({})) if (id !== undefined) look(id);
      }),
    video(tabId, verdict) {
      if (verdict) videos.set(tabId, verdict);
      else videos.delete(tabId);
      look(tabId);
    },
    forget(tabId) {
      videos.delete(tabId);
      signed.delete(tabId);
    },
  };
}
