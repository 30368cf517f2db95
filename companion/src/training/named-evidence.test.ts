import type { Evidence } from '@touchstone/shared';
import { expect, it } from 'vitest';
import { namedEvidence } from './named-evidence.ts';

const found = (kind: string, direction: Evidence['direction'], strength: number): Evidence => ({
  kind,
  direction,
  strength,
  code: `${kind}-${direction}`,
  sentence: '',
  details: {},
});

it('names what the file says of itself, the strongest first, and nothing that a model said', () => {
  const named = namedEvidence([
    found('classifier', 'ai', 1),
    found('metadata', 'camera', 0.2),
    found('metadata', 'neutral', 1),
    found('metadata', 'ai', 0.9),
    found('provenance', 'camera', 0.5),
    found('seen-before', 'ai', 1),
  ]);
  expect(named.map(({ code }) => code)).toEqual(['provenance-camera', 'metadata-ai']);
});
