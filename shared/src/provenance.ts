import * as v from 'valibot';

/**
 * Validation state of a C2PA manifest store: `trusted` (unbroken, signer on the trust list), `unknown-signer` (unbroken, signer not
 * on it), `broken` (changed after signing, or its signature does not hold), `unreadable` (present but not parseable).
 */
export const PROVENANCE_STATES = ['trusted', 'unknown-signer', 'broken', 'unreadable'] as const;
/** A state that only a newer Touchstone knows cannot be read here, and is told so. */
export const ProvenanceState = v.fallback(v.picklist(PROVENANCE_STATES), 'unreadable');
export type ProvenanceState = v.InferOutput<typeof ProvenanceState>;

const text = v.pipe(v.string(), v.maxLength(512));

export const ProvenanceAction = v.object({
  /** As in the manifest, for instance `c2pa.created`. */
  action: text,
  /** ISO 8601, as stated. */
  when: v.optional(text),
  softwareAgent: v.optional(text),
  /** Last part of the IPTC digital source type, for instance `trainedAlgorithmicMedia`. */
  digitalSourceType: v.optional(text),
  /** True when the source type says a trained model made it or parts of it. */
  ai: v.boolean(),
});
export type ProvenanceAction = v.InferOutput<typeof ProvenanceAction>;

export interface ProvenanceIngredient {
  title: string;
  format?: string | undefined;
  /** parentOf, componentOf, inputTo. */
  relationship: string;
  /** Validation state of the ingredient's own manifest; absent when it has none. */
  state?: ProvenanceState | undefined;
  claimGenerator?: string | undefined;
  /** `data:image/jpeg;base64,…` of at most 24 kB, re-encoded by the companion; never a picture as found. */
  thumbnail?: string | undefined;
  ingredients: ProvenanceIngredient[];
}
export const ProvenanceIngredient: v.GenericSchema<unknown, ProvenanceIngredient> = v.object({
  title: text,
  format: v.optional(text),
  relationship: text,
  state: v.optional(ProvenanceState),
  claimGenerator: v.optional(text),
  thumbnail: v.optional(v.pipe(v.string(), v.startsWith('data:image/jpeg;base64,'), v.maxLength(32_768))),
  ingredients: v.pipe(v.array(v.lazy(() => ProvenanceIngredient)), v.maxLength(32)),
});

/** Content Credentials of a file, validated on this machine without network. */
export const Provenance = v.object({
  state: ProvenanceState,
  /** What the manifest says of the whole: made by a trained model, parts of it, captured by a camera, or nothing of these. */
  origin: v.fallback(v.nullable(v.picklist(['ai', 'ai-parts', 'camera'])), null),
  /** Common name or organisation of the signing certificate. */
  signer: v.nullable(text),
  issuer: v.nullable(text),
  claimGenerator: v.nullable(text),
  /** ISO 8601, from the time stamp or as claimed. */
  signedAt: v.nullable(text),
  actions: v.pipe(v.array(ProvenanceAction), v.maxLength(64)),
  ingredients: v.pipe(v.array(ProvenanceIngredient), v.maxLength(32)),
  /** C2PA validation status codes that failed, for instance `assertion.dataHash.mismatch`. */
  failures: v.pipe(v.array(text), v.maxLength(64)),
  /** Trust list that vouches for the signer, with its date; null unless trusted. */
  trustList: v.nullable(v.object({ name: text, date: text, interim: v.boolean() })),
  /** True when the file points to a manifest on a server, which is never fetched. */
  remoteManifest: v.boolean(),
});
export type Provenance = v.InferOutput<typeof Provenance>;

/** Groups that facts are shown in. */
export const FACT_GROUPS = [
  'camera',
  'software',
  'generator',
  'history',
  'encoding',
  'place',
  'rights',
  'other',
] as const;

/** A neutral fact read from a file, for people who look closer. Never part of a score. */
export const FileFact = v.object({
  group: v.fallback(v.picklist(FACT_GROUPS), 'other'),
  /** English name of the field, for instance "Camera model". */
  name: text,
  value: v.pipe(v.string(), v.maxLength(4096)),
  /** True for what could betray the owner (GPS, serial numbers): shown on this machine, never exported unless asked. */
  private: v.optional(v.boolean(), false),
});
export type FileFact = v.InferOutput<typeof FileFact>;
