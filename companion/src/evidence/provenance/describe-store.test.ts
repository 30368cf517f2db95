import { Provenance, type ProvenanceIngredient } from '@touchstone/shared';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { describeStore } from './describe-store.ts';
import { MAX_TREE_NODES } from './limits.ts';
import { ManifestStore } from './store-schema.ts';

/** Manifests that are all ingredients of each other and of themselves, many times over. */
function tangled(manifests: number, ingredients: number): ManifestStore {
  const labels = Array.from({ length: manifests }, (_, i) => `urn:${i}`);
  const all = Array.from({ length: ingredients }, (_, i) => ({
    title: `ingredient ${i}`,
    relationship: 'componentOf',
    active_manifest: labels[i % manifests],
    label: `c2pa.ingredient__${i}`,
    thumbnail: { format: 'image/jpeg', identifier: `self#jumbf=${i}` },
  }));
  const manifest = { claim_generator: 'Tangle/1.0 c2pa-rs/0.1', ingredients: all };
  return v.parse(ManifestStore, {
    active_manifest: labels[0],
    manifests: Object.fromEntries(labels.map((label) => [label, manifest])),
  });
}

const countOf = (tree: readonly ProvenanceIngredient[]): number =>
  tree.reduce((sum, { ingredients }) => sum + 1 + countOf(ingredients), 0);

it('a tangle of ingredients ends as a small tree that fits the contract', () => {
  const { provenance, thumbnails } = describeStore(tangled(40, 500), null);
  expect(countOf(provenance.ingredients)).toBe(MAX_TREE_NODES);
  expect(thumbnails).toHaveLength(8);
  expect(v.is(Provenance, provenance)).toBe(true);
  expect(provenance).toMatchObject({ state: 'unreadable', origin: null, claimGenerator: 'Tangle 1.0' });
});

it('names that every object has are no manifests', () => {
  for (const label of ['constructor', '__proto__', 'toString']) {
    const store = v.parse(ManifestStore, { active_manifest: label, manifests: {} });
    expect(describeStore(store, null).provenance).toMatchObject({ state: 'unreadable', actions: [], signer: null });
  }
});

it('what is not formed as the standard says is left out', () => {
  const store = v.parse(ManifestStore, {
    active_manifest: 'a',
    manifests: {
      a: {
        assertions: [
          { label: 'c2pa.actions', data: { actions: [7, null, { action: 'c2pa.edited', when: 5 }, { action: 3 }] } },
          { label: 'c2pa.actions.v2', data: 'nothing' },
          { label: 'com.example.actions', data: { actions: [{ action: 'c2pa.created' }] } },
        ],
      },
    },
  });
  expect(describeStore(store, null).provenance.actions).toEqual([{ action: 'c2pa.edited', ai: false }]);
});
