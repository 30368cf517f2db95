import { pageError, parsePairingCode } from '@touchstone/shared';
import { askBackground, reportOf } from '../messaging/ask-background.ts';
import style from './pair-button.css?inline';
import { type PairWords, pairTranslator } from './pair-words.ts';
import { askToReplace } from './replace-question.ts';

/** Id of the element that the pairing page keeps for the button. */
export const PLACE = 'touchstone-pairing';
/** What the page is told, as `data-state` of its element; the button itself it cannot see. */
type PlaceState = 'extension-present' | 'paired' | 'failed';

/**
 * Draws the Pair button into the place that the pairing page keeps for it, in a closed shadow root: only a person's own
 * click or key pairs, not a script of a page that looks like the companion's.
 * @param words of the reader's language, from the background
 */
export function showPairButton(page: Document, words: PairWords, signal: AbortSignal): void {
  const place = page.getElementById(PLACE);
  const { hash, port } = page.location;
  const code = parsePairingCode(decodeURIComponent(hash.slice(1)));
  if (!place || !code) return;
  const translator = pairTranslator(words);
  const tell = (state: PlaceState) => {
    place.dataset.state = state;
  };

  const host = page.createElement('div');
  host.lang = words.language;
  host.dir = words.direction;
  const root = host.attachShadow({ mode: 'closed', delegatesFocus: true });
  const sheet = page.createElement('style');
  sheet.textContent = style;
  const explanation = page.createElement('p');
  explanation.id = 'explanation';
  explanation.textContent = translator.text('pair-page-explains', { port: port || '80' });
  const button = page.createElement('button');
  button.type = 'button';
  button.textContent = translator.text('pair-button');
  button.setAttribute('aria-describedby', 'explanation');
  const outcome = page.createElement('p');
  outcome.setAttribute('role', 'status');

  const pairWhereAllowed = async (replace: boolean): Promise<boolean> => {
    const answer = await askBackground({ type: 'pair', code, port: Number(port || 80), replace });
    if (answer.outcome === 'paired') return true;
    if (replace) throw pageError('internal', 'refused to replace');
    outcome.textContent = '';
    button.hidden = true;
    const hidden = () => {
      outcome.textContent = translator.text('pair-replace-hidden');
    };
    const wanted = await askToReplace({ translator, host, root, port: answer.port, hidden }, signal);
    button.hidden = false;
    outcome.textContent = wanted ? translator.text('pairing') : '';
    return wanted && pairWhereAllowed(true);
  };
  const pair = async () => {
    button.disabled = true;
    outcome.textContent = translator.text('pairing');
    try {
      if (await pairWhereAllowed(false)) {
        outcome.textContent = translator.text('state-connected');
        // Its code is used up: another press could only fail.
        button.hidden = true;
        tell('paired');
        return;
      }
      button.disabled = false;
      button.focus();
    } catch (error) {
      const { message, nextStep } = translator.error(reportOf(error));
      outcome.textContent = `${message} ${nextStep}`;
      // Another attempt may help (a limit of attempts, a companion that just restarted), so the button stays.
      button.disabled = false;
      tell('failed');
    }
  };
  button.addEventListener('click', (event) => event.isTrusted && void pair(), { signal });

  root.append(sheet, explanation, button, outcome);
  place.append(host);
  tell('extension-present');
  signal.addEventListener('abort', () => host.remove());
}
