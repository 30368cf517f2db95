import type { Provenance, ProvenanceIngredient } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { renderInPage } from '../ui/render-in-page.tsx';
import { ProvenanceSection } from './provenance-section.tsx';

const provenance: Provenance = {
  state: 'trusted',
  origin: 'ai',
  signer: 'Example <b>Inc.</b>',
  issuer: 'Example Root',
  claimGenerator: null,
  signedAt: 'last Tuesday',
  actions: [
    { action: 'c2pa.created', digitalSourceType: 'trainedAlgorithmicMedia', ai: true },
    { action: 'com.example.sparkle', ai: false },
  ],
  ingredients: [],
  failures: [],
  trustList: { name: 'C2PA', date: '2026-01-01', interim: true },
  remoteManifest: false,
};
const textOf = (change: Partial<Provenance>) =>
  renderInPage(<ProvenanceSection provenance={{ ...provenance, ...change }} />).textContent;

describe('Content Credentials in the details', () => {
  it('says state, signer, what was done by a model, and that the list is the older one', () => {
    const page = renderInPage(<ProvenanceSection provenance={provenance} />);
    const text = page.textContent;
    expect(text).toContain('valid, trusted signer');
    expect(text).toContain('Example <b>Inc.</b>');
    expect(text).toContain('last Tuesday');
    expect(text).toContain('older trust list');
    expect([...page.querySelectorAll('.action-ai')].map((item) => item.textContent)).toEqual([
      'Createdby a trained modelmade by a trained model',
    ]);
    expect(text).toContain('com.example.sparkle');
  });

  it('says what failed in words and keeps the codes for experts', () => {
    const broken = renderInPage(
      <ProvenanceSection
        provenance={{ ...provenance, state: 'broken', trustList: null, failures: ['assertion.dataHash.mismatch'] }}
      />,
    );
    expect(broken.textContent).toContain('data was changed after signing');
    expect(broken.textContent).toContain('Claims');
    expect(broken.querySelector('details code')?.textContent).toBe('assertion.dataHash.mismatch');
  });

  it('tells a manifest elsewhere from one that cannot be read', () => {
    expect(textOf({ state: 'unreadable', remoteManifest: true })).toContain('never fetches them');
    expect(textOf({ state: 'unreadable' })).not.toContain('never fetches them');
  });

  it('draws a tree of ingredients that nests without end only so far', () => {
    const nest = (depth: number): ProvenanceIngredient => ({
      title: `level ${depth}`,
      relationship: depth % 2 ? 'parentOf' : 'toString',
      ingredients: depth === 0 ? [] : [nest(depth - 1)],
    });
    const text = textOf({ ingredients: [nest(40)] });
    expect(text).toContain('level 40');
    expect(text).not.toContain('level 20');
    expect(text).toContain('Further levels are not shown.');
  });
});
