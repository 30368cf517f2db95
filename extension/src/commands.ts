import type { MessageKey } from '@touchstone/shared/words';

/** Keys of the extension as they are suggested; a person may choose others in the browser. */
export const COMMANDS = {
  'check-picture': { key: 'Alt+Shift+K', words: 'command-check' },
  // The browser's own name for opening the popup, which it does without the background.
  _execute_action: { key: 'Alt+Shift+L', words: 'command-list' },
} as const satisfies Readonly<Record<string, { readonly key: string; readonly words: MessageKey }>>;

export type CommandName = keyof typeof COMMANDS;
