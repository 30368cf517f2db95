import type { Step } from './scale.ts';

/** Shape of a step on a grid of 16 x 16: a spark for a machine, a camera; full where it is a verdict, an outline where it leans. */
export interface StepShape {
  readonly path: string;
  readonly full: boolean;
}

const SPARK = 'M8 1.5 9.6 6.4 14.5 8 9.6 9.6 8 14.5 6.4 9.6 1.5 8 6.4 6.4Z';
/** Drawn by the even-odd rule the lens stays open. */
const CAMERA = 'M2 5h2.6l1-1.8h4.8l1 1.8H14v8H2ZM8 6.7a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4Z';

export const STEP_SHAPES: Readonly<Record<Step, StepShape>> = {
  'likely-ai': { path: SPARK, full: true },
  'leans-ai': { path: SPARK, full: false },
  unclear: { path: 'M5.6 6a2.4 2.4 0 1 1 3.3 2.2c-.6.3-.9.7-.9 1.4M8 12.4v.1', full: false },
  'leans-authentic': { path: CAMERA, full: false },
  'likely-authentic': { path: CAMERA, full: true },
};
