import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { STEP_COLOURS } from '../shared/src/present/step-colours.ts';
import { root } from './project.mjs';

it('a step of the verdict has the same colour with and without a style sheet', () => {
  const sheet = readFileSync(join(root, 'shared/src/tokens.css'), 'utf8');
  expect(Object.keys(STEP_COLOURS)).toHaveLength(5);
  for (const [step, colour] of Object.entries(STEP_COLOURS)) {
    expect(sheet).toContain(`--ts-${step}: light-dark(${colour},`);
  }
});
