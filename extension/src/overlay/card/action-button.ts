import type { CardAction } from '../check-state.ts';
import { element } from '../draw/element.ts';

/** A button of the card. What it does is read from `data-action` when a trusted click arrives. */
export function actionButton(action: CardAction, text: string, look: 'primary' | 'plain' | '' = ''): HTMLButtonElement {
  return element(
    'button',
    { class: `button ${look}`.trim(), attributes: { type: 'button', 'data-action': action } },
    text,
  );
}
