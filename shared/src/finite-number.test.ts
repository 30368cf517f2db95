import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import * as shared from './index.ts';

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Places in a schema where a number may be Infinity: every number that no `finite` follows in its pipe. */
function endlessNumbers(schema: unknown, place: string, seen = new Set<unknown>()): string[] {
  if (!isNode(schema) || seen.has(schema)) return [];
  seen.add(schema);
  const { pipe } = schema;
  if (schema.type === 'number' && schema.kind === 'schema') {
    const steps: unknown[] = Array.isArray(pipe) ? pipe.flatMap((step) => (isNode(step) ? [step.type] : [])) : [];
    const bounded = steps.includes('finite') || JSON.stringify(pipe ?? []).includes('"finite"');
    return bounded ? [] : [place];
  }
  return Object.entries(schema).flatMap(([name, member]) => endlessNumbers(member, `${place}.${name}`, seen));
}

const exported: readonly [string, unknown][] = Object.entries(shared);
const schemas = exported.filter(([, value]) => isNode(value) && value.kind === 'schema');

describe('every number of every schema', () => {
  it('is found by this test where it is not finite', () => {
    expect(endlessNumbers(v.object({ a: v.array(v.number()) }), 'x')).toHaveLength(1);
    expect(endlessNumbers(v.object({ a: v.nullable(v.pipe(v.number(), v.minValue(0))) }), 'x')).toHaveLength(1);
    expect(endlessNumbers(v.object({ a: v.pipe(shared.FiniteNumber, v.minValue(0)) }), 'x')).toEqual([]);
  });

  it.each(schemas)('is finite in %s', (name, schema) => {
    expect(endlessNumbers(schema, name)).toEqual([]);
  });

  it.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, JSON.parse('1e999') as unknown])(
    'is not %s',
    (value) => {
      expect(v.safeParse(shared.FiniteNumber, value).success).toBe(false);
      expect(v.safeParse(shared.CaptureSource, { kind: 'video-frame', path: 'canvas', mediaTime: value }).success).toBe(
        false,
      );
    },
  );
});
