import { chooseLanguage } from '@touchstone/shared/words';
import { browser } from 'wxt/browser';
import { createTranslator } from '../../i18n/create-translator.ts';
import type { ConnectionPhase } from './connection-state.ts';

const GREY = '#5f6368';
const AMBER = '#b35c00';
const RED = '#b3261e';

/** What the toolbar button shows: a sign as well as a colour, and words in its title. */
const LOOKS = {
  connected: { text: '', colour: GREY, title: 'state-connected' },
  connecting: { text: '', colour: GREY, title: 'state-connecting' },
  'not-running': { text: '–', colour: AMBER, title: 'state-not-running' },
  'not-paired': { text: '?', colour: AMBER, title: 'state-not-paired' },
  refused: { text: '!', colour: RED, title: 'state-refused' },
} as const satisfies Record<ConnectionPhase, { text: string; colour: string; title: string }>;

/** Whether pictures are checked, or will be in a moment. */
export const checksNow = (phase: ConnectionPhase): boolean => phase === 'connected' || phase === 'connecting';

/** Shows the connection on the toolbar button. @param language setting */
export async function showOnToolbar(
  { phase, ofTeam }: { readonly phase: ConnectionPhase; readonly ofTeam: boolean },
  language: string,
): Promise<void> {
  const { text, colour } = LOOKS[phase];
  const title = ofTeam && phase === 'not-running' ? 'state-unreachable' : LOOKS[phase].title;
  const translator = createTranslator(chooseLanguage(language, navigator.languages));
  const said = [`${translator.text('popup-title')}: ${translator.text(title)}`];
  if (!checksNow(phase)) said.push(translator.text('state-not-checked'));
  await Promise.all([
    browser.action.setBadgeText({ text }),
    browser.action.setBadgeBackgroundColor({ color: colour }),
    browser.action.setTitle({ title: said.join('. ') }),
  ]);
}
