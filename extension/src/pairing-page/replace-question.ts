import type { PairTranslator } from './pair-words.ts';
import { watchQuestion } from './press-gate.ts';

interface Question {
  readonly translator: PairTranslator;
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  /** Port of the pairing that would end. */
  readonly port: number;
  /** A press was refused because the page hides the question. */
  hidden(): void;
}

/**
 * Asks whether another pairing may end, before anything else in the root. Only trusted presses count, and only while
 * the question is in plain sight and has been for a moment.
 * @returns whether a person wants it; false also where the signal aborts
 */
export function askToReplace(
  { translator, host, root, port, hidden }: Question,
  signal: AbortSignal,
): Promise<boolean> {
  const page = host.ownerDocument;
  const box = page.createElement('div');
  box.className = 'question';
  box.setAttribute('role', 'group');
  box.setAttribute('aria-labelledby', 'question');
  const words = page.createElement('p');
  words.id = 'question';
  words.textContent = translator.text('pair-replace-question', { port: String(port) });
  const [replace, cancel] = [page.createElement('button'), page.createElement('button')];
  replace.textContent = translator.text('pair-replace');
  cancel.textContent = translator.text('cancel');
  cancel.className = 'quiet';
  for (const button of [replace, cancel]) button.type = 'button';
  box.append(words, replace, cancel);
  root.prepend(box);

  return new Promise((resolve) => {
    const done = new AbortController();
    const ended = AbortSignal.any([signal, done.signal]);
    const refusal = watchQuestion(box, host, ended);
    const answer = (wanted: boolean) => {
      done.abort();
      box.remove();
      resolve(wanted);
    };
    const press = (event: Event, wanted: boolean) => {
      if (!event.isTrusted) return;
      const why = refusal();
      if (why === 'hidden') hidden();
      // Ending the question is never a danger, but the press that opened it must not end it by repeating.
      if (why === undefined || (why === 'hidden' && !wanted)) answer(wanted);
    };
    replace.addEventListener('click', (event) => press(event, true), { signal: ended });
    cancel.addEventListener('click', (event) => press(event, false), { signal: ended });
    signal.addEventListener('abort', () => answer(false), { signal: done.signal });
    // Screen readers say the question with the focus; the harmless answer has it.
    cancel.focus();
  });
}
