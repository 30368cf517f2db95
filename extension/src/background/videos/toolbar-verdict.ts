import type { Verdict } from '@touchstone/shared';
import { type Step, stepOf } from '@touchstone/shared/present';
import { browser } from 'wxt/browser';
import type { Translator } from '../../i18n/translator.ts';

/** Signs short enough for a toolbar button; the words are in its title. Colours are those of the badges on the page. */
const SIGNS: Readonly<Record<Step, { readonly text: string; readonly colour: string }>> = {
  'likely-ai': { text: 'AI', colour: '#a8321a' },
  'leans-ai': { text: 'AI?', colour: '#875000' },
  unclear: { text: '?', colour: '#545c66' },
  'leans-authentic': { text: '✓?', colour: '#2c6470' },
  'likely-authentic': { text: '✓', colour: '#17693b' },
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
  const { text, colour } = SIGNS[stepOf(verdict)];
  const percent = translator.percent(verdict.probability);
  const title = `${translator.text('video-so-far', { verdict: translator.verdict(verdict) })} ${translator.text('probability-likely', { percent })}`;
  await Promise.all([
    action.setBadgeText({ tabId, text }),
    action.setBadgeBackgroundColor({ tabId, color: colour }),
    action.setTitle({ tabId, title }),
  ]);
}
