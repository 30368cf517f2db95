import type { Verdict } from '@touchstone/shared';
import { STEP_COLOURS, type Step, stepOf } from '@touchstone/shared/present';
import { browser } from 'wxt/browser';
import type { Translator } from '../../i18n/translator.ts';

/** Signs short enough for a toolbar button; the words are in its title. */
const SIGNS: Readonly<Record<Step, string>> = {
  'likely-ai': 'AI',
  'leans-ai': 'AI?',
  unclear: '?',
  'leans-authentic': '✓?',
  'likely-authentic': '✓',
};

/**
 * Shows a video's verdict on the toolbar button of its tab, where nothing can be drawn over the video itself.
 * @param verdict undefined gives the button back to the connection's state
 */
export async function showVerdictOnToolbar(
  tabId: number,
  verdict: Verdict | undefined,
  translator: Translator,
): Promise<void> {
  const { action } = browser;
  if (!verdict) {
    // Without a text the tab's own sign goes; an empty one would hide the connection's.
    const own = await action.getTitle({});
    await Promise.all([action.setBadgeText({ tabId }), action.setTitle({ tabId, title: own })]);
    return;
  }
  const step = stepOf(verdict);
  const percent = translator.percent(verdict.probability);
  const title = `${translator.text('video-so-far', { verdict: translator.verdict(verdict) })} ${translator.text('probability-likely', { percent })}`;
  await Promise.all([
    action.setBadgeText({ tabId, text: SIGNS[step] }),
    action.setBadgeBackgroundColor({ tabId, color: STEP_COLOURS[step] }),
    action.setTitle({ tabId, title }),
  ]);
}
