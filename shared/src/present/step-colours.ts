import type { Step } from './scale.ts';

/** Colours of the steps on a light ground, for what no style sheet reaches; the others take them from tokens.css, which has the same. */
export const STEP_COLOURS: Readonly<Record<Step, string>> = {
  'likely-ai': '#a8321a',
  'leans-ai': '#875000',
  unclear: '#545c66',
  'leans-authentic': '#2c6470',
  'likely-authentic': '#17693b',
};
