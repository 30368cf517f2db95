import type { Provenance, ProvenanceAction, ProvenanceIngredient, ProvenanceState } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import * as v from 'valibot';
import { MAX_THUMBNAILS, MAX_TREE_DEPTH, MAX_TREE_NODES, MAX_TREE_WIDTH } from './limits.ts';
import { originOf } from './origin.ts';
import { sourceKind, sourceTerm } from './source-types.ts';
import { actionsOf, type ManifestStore, type RawAction, type RawIngredient, type RawManifest } from './store-schema.ts';
import { ingredientStateOf, validationOf } from './validation-state.ts';

/** Longest text from a manifest that is shown, in characters. */
const MAX_TEXT_LENGTH = 200;
const MAX_ACTIONS = 64;
const MAX_FAILURES = 64;
const NO_CODES = { success: [], failure: [] };

export interface Description {
  readonly provenance: Provenance;
  /** Where thumbnails go in the tree, with their addresses inside the store. */
  readonly thumbnails: { readonly path: number[]; readonly identifier: string }[];
  readonly unknownOriginSigner: string | null;
}

/**
 * A manifest store in the words of the contract. Thumbnails are left out; `trustList` is for whoever knows the lists.
 * @param issuer organisation that issued the signer's certificate
 */
export function describeStore(store: ManifestStore, issuer: string | null): Description {
  const active = store.active_manifest ?? '';
  const manifests = new Map(Object.entries(store.manifests));
  const manifest = manifests.get(active);
  const deltas = new Map(
    (store.validation_results?.ingredientDeltas ?? []).map((one) => [one.ingredientAssertionURI, one.validationDeltas]),
  );
  const { state, failures } = validationOf(store.validation_results?.activeManifest ?? NO_CODES, [...deltas.values()]);
  const ingredientState = (parent: string, ingredient: RawIngredient): ProvenanceState | undefined => {
    if (!ingredient.active_manifest) return undefined;
    const address = `self#jumbf=/c2pa/${parent}/c2pa.assertions/${ingredient.label ?? ''}`;
    const recorded = ingredient.validation_results?.activeManifest ?? {
      success: [],
      failure: ingredient.validation_status,
    };
    return ingredientStateOf(recorded, deltas.get(address) ?? NO_CODES);
  };
  const origin = originOf(active, { manifest: (label) => manifests.get(label), ingredientState });
  const counts = state === 'trusted' || state === 'unknown-signer';
  const claimedElsewhere = origin.origin !== null && origin.claimedBy !== active;
  const vouched = !claimedElsewhere || isTrustedInside(manifests, origin.claimedBy, ingredientState);
  const thumbnails: Description['thumbnails'] = [];
  let nodes = 0;
  return {
    provenance: {
      state,
      origin: counts ? origin.origin : null,
      signer: signerOf(manifest),
      issuer: shownText(issuer),
      claimGenerator: generatorOf(manifest),
      signedAt: shownText(manifest?.signature_info?.time),
      actions: (manifest ? actionsOf(manifest) : []).slice(0, MAX_ACTIONS).map(describeAction),
      ingredients: tree(active, []),
      failures: failures.slice(0, MAX_FAILURES).flatMap((code) => shownText(code) ?? []),
      trustList: null,
      remoteManifest: false,
    },
    thumbnails,
    unknownOriginSigner: vouched ? null : signerOf(manifests.get(origin.claimedBy)),
  };

  function tree(label: string, path: readonly number[]): ProvenanceIngredient[] {
    if (path.length >= MAX_TREE_DEPTH) return [];
    const all = manifests.get(label)?.ingredients ?? [];
    const ingredients = all.slice(0, Math.min(MAX_TREE_WIDTH, MAX_TREE_NODES - nodes));
    nodes += ingredients.length;
    return ingredients.map((ingredient, index) => {
      const here = [...path, index];
      const identifier = ingredient.thumbnail?.identifier;
      if (identifier && thumbnails.length < MAX_THUMBNAILS) thumbnails.push({ path: here, identifier });
      const inner = ingredient.active_manifest ?? '';
      return {
        title: shownText(ingredient.title) ?? '',
        format: shownText(ingredient.format) ?? undefined,
        relationship: shownText(ingredient.relationship) ?? 'componentOf',
        state: ingredientState(label, ingredient),
        claimGenerator: generatorOf(manifests.get(inner)) ?? undefined,
        ingredients: tree(inner, here),
      };
    });
  }
}

/** Every mention of the manifest as an ingredient, from the active one down, found it trusted. */
function isTrustedInside(
  manifests: ReadonlyMap<string, RawManifest>,
  label: string,
  stateOf: (parent: string, ingredient: RawIngredient) => ProvenanceState | undefined,
): boolean {
  const mentions = [...manifests].flatMap(([parent, { ingredients }]) =>
    (ingredients ?? []).filter((one) => one.active_manifest === label).map((one) => stateOf(parent, one)),
  );
  return mentions.length > 0 && mentions.every((state) => state === 'trusted');
}

function signerOf(manifest: RawManifest | undefined): string | null {
  const { issuer, common_name: commonName } = manifest?.signature_info ?? {};
  // The reader calls the organisation of the signer's own certificate "issuer".
  return shownText(issuer) ?? shownText(commonName);
}

const Named = v.object({ name: v.string(), version: v.optional(v.unknown()) });

function nameOf(value: unknown): string | null {
  if (!v.is(Named, value)) return shownText(value);
  const version = shownText(value.version);
  return shownText(version ? `${value.name} ${version}` : value.name);
}

/** "Adobe Photoshop 26.9.0"; older claims pack it into one word: "Adobe_Photoshop/26.9.0 adobe_c2pa/0.14.2". */
function generatorOf(manifest: RawManifest | undefined): string | null {
  const info = manifest?.claim_generator_info?.[0];
  const named = info && nameOf(info);
  if (named) return named;
  const [first = ''] = (manifest?.claim_generator ?? '').split(' ');
  return shownText(first.replaceAll('_', ' ').replace('/', ' '));
}

function describeAction({ action, when, softwareAgent, digitalSourceType }: RawAction): ProvenanceAction {
  const kind = sourceKind(digitalSourceType);
  return {
    action: shownText(action) ?? '',
    when: shownText(when) ?? undefined,
    softwareAgent: nameOf(softwareAgent) ?? undefined,
    digitalSourceType: sourceTerm(digitalSourceType),
    ai: kind === 'ai' || kind === 'ai-parts',
  };
}

/** @returns null when nothing is left that can be seen, or when it was no text */
function shownText(value: unknown): string | null {
  return typeof value === 'string' ? foreignText(value, { most: MAX_TEXT_LENGTH }) || null : null;
}
