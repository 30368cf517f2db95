import { it } from 'vitest';
import { attackedCompanion } from './fixtures/attacked-companion.ts';
import { REQUEST_FORM_ATTACKS } from './fixtures/request-form-attacks.ts';
import { startTestCompanion } from './fixtures/test-companion.ts';

it.each(Object.entries(REQUEST_FORM_ATTACKS))('attack: %s', async (_, attack) => {
  await attack(attackedCompanion(await startTestCompanion()));
});
