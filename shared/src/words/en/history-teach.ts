import type { Messages } from '../message.ts';

/** The Teach page beside the history. */
export const historyTeach = {
  'teach-verdict-better': 'Better than the unmodified pack on pictures it was not taught.',
  'teach-verdict-no-better': 'No better than the unmodified pack on pictures it was not taught.',
  'teach-verdict-too-few': 'Too few pictures to tell whether it is better.',
} as const satisfies Messages;
