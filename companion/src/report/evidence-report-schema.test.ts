import { ProvenanceIngredient } from '@touchstone/shared';
import { toJsonSchema } from '@valibot/to-json-schema';
import { expect, it } from 'vitest';
import { EvidenceReport, REPORT_VERSION } from './evidence-report.ts';

it('is published as it is; "vitest run THIS-FILE -u" writes it after a change', async () => {
  // What JSON Schema has no word for (own checks) is left out: the schema may accept more than we write, never less.
  const schema = toJsonSchema(EvidenceReport, {
    target: 'draft-2020-12',
    typeMode: 'output',
    errorMode: 'ignore',
    definitions: { ProvenanceIngredient },
  });
  const published = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Touchstone evidence report, version ${REPORT_VERSION}`,
    description: 'Written by "touchstone history report --format json" and the history page.',
    ...schema,
  };
  await expect(`${JSON.stringify(published, null, 2)}\n`).toMatchFileSnapshot(
    '../../../docs/evidence-report.schema.json',
  );
});
