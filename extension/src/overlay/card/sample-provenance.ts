import type { Explanation, Provenance } from '@touchstone/shared';

/** Content Credentials for tests. */
export function sampleProvenance(changes: Partial<Provenance> = {}): Provenance {
  return {
    state: 'trusted',
    origin: 'ai',
    signer: 'OpenAI',
    issuer: 'Trufo CA',
    claimGenerator: 'ChatGPT',
    signedAt: '2026-05-03T10:00:00Z',
    actions: [
      { action: 'c2pa.created', softwareAgent: 'GPT-4o', digitalSourceType: 'trainedAlgorithmicMedia', ai: true },
      { action: 'c2pa.converted', ai: false },
    ],
    ingredients: [
      {
        title: 'room.jpg',
        relationship: 'parentOf',
        state: 'broken',
        claimGenerator: 'Camera 1.0',
        ingredients: [{ title: 'cat.png', relationship: 'componentOf', ingredients: [] }],
      },
    ],
    failures: [],
    trustList: { name: 'C2PA trust list', date: '2026-10-01', interim: false },
    remoteManifest: false,
    ...changes,
  };
}

/** A heat map for tests: strongest in the upper left. */
export const sampleExplanation: Explanation = {
  method: 'patches',
  columns: 3,
  rows: 2,
  values: [1, 0.4, -0.3, 0.2, 0, -0.6],
  regions: [
    { place: 'upper-left', weight: 1 },
    { place: 'upper', weight: 0.4 },
  ],
  pack: 'quick@1.0.0',
  runs: 0,
  took: 12,
};
