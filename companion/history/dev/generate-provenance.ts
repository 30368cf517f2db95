import { type FileFact, PROVENANCE_STATES, type Provenance, type ProvenanceIngredient } from '@touchstone/shared';

/** One grey pixel as JPEG: stands for the thumbnails that the companion makes. */
const THUMBNAIL =
  'data:image/jpeg;base64,/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=';

const ingredient: ProvenanceIngredient = {
  title: 'harbour-original.jpg',
  format: 'image/jpeg',
  relationship: 'parentOf',
  state: 'unknown-signer',
  claimGenerator: 'Example Camera 2.1',
  thumbnail: THUMBNAIL,
  ingredients: [{ title: 'sky.png', format: 'image/png', relationship: 'componentOf', ingredients: [] }],
};

/** Content Credentials in one of their states; `index` chooses which. */
export function generateProvenance(index: number): Provenance {
  const state = PROVENANCE_STATES[index % PROVENANCE_STATES.length] ?? 'trusted';
  if (state === 'unreadable') {
    return {
      state,
      origin: null,
      signer: null,
      issuer: null,
      claimGenerator: null,
      signedAt: null,
      actions: [],
      ingredients: [],
      failures: ['claim.cbor.invalid'],
      trustList: null,
      remoteManifest: true,
    };
  }
  return {
    state,
    origin: state === 'trusted' ? 'ai' : null,
    signer: 'Example Pictures Inc.',
    issuer: 'Example Root CA',
    claimGenerator: 'Example Studio/4.2 <b>',
    signedAt: '2026-02-11T09:31:07Z',
    actions: [
      {
        action: 'c2pa.created',
        when: '2026-02-11T09:30:00Z',
        softwareAgent: 'Example Diffusion 3',
        digitalSourceType: 'trainedAlgorithmicMedia',
        ai: true,
      },
      { action: 'c2pa.color_adjustments', softwareAgent: 'Example Studio', ai: false },
      { action: 'com.example.sparkle', ai: false },
    ],
    ingredients: [ingredient],
    failures: state === 'broken' ? ['assertion.dataHash.mismatch', 'claimSignature.mismatch'] : [],
    trustList: state === 'trusted' ? { name: 'C2PA trust list', date: '2026-01-01', interim: index % 8 === 4 } : null,
    remoteManifest: false,
  };
}

export function generateFacts(): FileFact[] {
  return [
    { group: 'camera', name: 'Camera make', value: 'Example', private: false },
    { group: 'camera', name: 'Camera model', value: 'X100 \u202Egpj', private: false },
    { group: 'camera', name: 'Serial number', value: '00123456', private: true },
    { group: 'place', name: 'GPS position', value: '48.20849, 16.37208', private: true },
    { group: 'software', name: 'Software', value: 'Example Studio 4.2', private: false },
    { group: 'history', name: 'Saved', value: '2026-02-11 by Example Studio 4.2', private: false },
    { group: 'encoding', name: 'Quantisation tables', value: 'libjpeg, quality 92', private: false },
    { group: 'encoding', name: 'Estimated re-saves', value: '2', private: false },
    {
      group: 'generator',
      name: 'Parameters',
      value: `a quiet harbour at dawn, ${'very '.repeat(60)}long`,
      private: false,
    },
  ];
}
