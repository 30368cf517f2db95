import { errorReport, type ResultRecord } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXT, HOSTILE_TEXT_SHOWN } from '../../../../shared/src/words/fixtures/hostile-text.ts';
import { createTranslator } from '../../i18n/create-translator.ts';
import type { CardView } from '../check-state.ts';
import { createCard, renderCard } from './card.ts';
import { sampleExplanation, sampleProvenance } from './sample-provenance.ts';
import { sampleRecord } from './sample-record.ts';

const english = createTranslator('en');

function draw(changes: Partial<ResultRecord> = {}, view: Partial<CardView> = {}, translator = english): HTMLElement {
  const card = createCard();
  document.body.replaceChildren(card);
  const state = { kind: 'verdict', record: sampleRecord(changes) } as const;
  renderCard(card, { state, label: { status: 'none' }, ...view }, translator);
  return card;
}
const textOf = (card: HTMLElement, selector = '.body'): string => card.querySelector(selector)?.textContent ?? '';

it('texts of strangers are shown as on every other surface', () => {
  const facts = [{ group: 'camera', name: 'Camera model', value: HOSTILE_TEXT, private: false }] as const;
  const provenance = sampleProvenance({ signer: HOSTILE_TEXT });
  const { verdict } = sampleRecord();
  const reasons = [{ code: 'new-code', direction: 'neutral', text: HOSTILE_TEXT, details: {} }] as const;
  const card = draw({ facts: [...facts], provenance, verdict: { ...verdict, reasons: [...reasons] } });
  expect(textOf(card).split(HOSTILE_TEXT_SHOWN).length).toBeGreaterThan(3);
  expect(card.textContent).not.toMatch(/[\u202e\u2066\u200b]/);
});

describe('Content Credentials on the card', () => {
  it.each([
    ['trusted', 'valid, trusted signer', 'sealed'],
    ['unknown-signer', 'valid, unknown signer', 'sealed-unknown'],
    ['broken', 'broken', 'sealed-broken'],
    ['unreadable', 'could not be read', 'sealed-broken'],
  ] as const)('says %s in words, with its own mark', (state, words, mark) => {
    const card = draw({ provenance: sampleProvenance({ state }) });
    expect(textOf(card, '.credentials h3')).toBe(`Content Credentials: ${words}`);
    expect(card.querySelector(`.credentials-head .icon-${mark}`)).not.toBeNull();
  });
  it('tells on request who signed what, and what it was made from', () => {
    const card = draw({ provenance: sampleProvenance() });
    const details = card.querySelector('.credentials details');
    expect(details?.hasAttribute('open')).toBe(false);
    const text = details?.textContent ?? '';
    for (const part of ['OpenAI', 'ChatGPT', 'A trained model made it', 'Created (by a trained model)', 'GPT-4o'])
      expect(text).toContain(part);
    expect(text).toContain('C2PA trust list, 2026-10-01');
    expect(card.querySelector('.ingredients .ingredients')?.textContent).toContain('cat.png');
    expect(text).toContain('no credentials of its own');
  });
  it('says what failed, each meaning once, and names an older trust list', () => {
    const failures = ['assertion.dataHash.mismatch', 'assertion.bmffHash.mismatch', 'claimSignature.mismatch'];
    const text = textOf(draw({ provenance: sampleProvenance({ state: 'broken', failures }) }), '.credentials');
    expect(text.split('The picture or video data was changed after signing.')).toHaveLength(2);
    expect(text).toContain('The signature does not match');
    const trustList = { name: 'Interim list', date: '2025-12-31', interim: true };
    expect(textOf(draw({ provenance: sampleProvenance({ trustList }) }))).toContain('(older trust list)');
  });
  it('says why a manifest on a server is not read', () => {
    const card = draw({ provenance: sampleProvenance({ state: 'unreadable', remoteManifest: true }) });
    expect(textOf(card, '.credentials')).toContain('Touchstone never fetches them');
    expect(card.querySelector('.credentials details')).toBeNull();
  });
  it('says once that they are broken, and keeps the other caveats', () => {
    const { verdict } = sampleRecord();
    const caveats = [
      { code: 'provenance-broken', text: 'The Content Credentials of this file are broken.' },
      { code: 'small-picture', text: 'The picture is small.' },
    ] as const;
    const decided = { ...verdict, caveats: [...caveats] };
    const text = textOf(draw({ verdict: decided, provenance: sampleProvenance({ state: 'broken' }) }));
    expect(text.split('proves nothing')).toHaveLength(2);
    expect(text).not.toContain('of this file are broken');
    expect(text).toContain('The picture is small.');
    expect(textOf(draw({ verdict: decided }))).toContain('of this file are broken');
  });
  it('is absent without credentials', () => {
    expect(draw().querySelector('.credentials')).toBeNull();
  });
  it('shows hostile names as text', () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const card = draw({
      provenance: sampleProvenance({
        signer: hostile,
        claimGenerator: hostile,
        actions: [{ action: hostile, softwareAgent: hostile, ai: false }],
        ingredients: [{ title: hostile, relationship: hostile, ingredients: [] }],
      }),
      facts: [{ group: 'other', name: hostile, value: hostile, private: false }],
    });
    expect(card.querySelector('img')).toBeNull();
    expect(card.textContent).toContain(hostile);
  });
});

describe('facts of the file', () => {
  it('are folded, and what is private stays away', () => {
    const card = draw({
      facts: [
        { group: 'camera', name: 'Camera', value: 'Canon EOS R5', private: false },
        { group: 'place', name: 'Position', value: '52.5, 13.4', private: true },
      ],
    });
    const details = card.querySelector('[data-disclosure="file-facts"]');
    expect(details?.hasAttribute('open')).toBe(false);
    expect(details?.textContent).toContain('Canon EOS R5');
    expect(card.textContent).not.toContain('52.5');
  });
  it('have names in the language of the browser, and keep what the file says', () => {
    const facts = [
      { group: 'camera', name: 'Camera', value: 'Canon EOS R5', private: false },
      { group: 'encoding', name: 'Quantisation tables', value: 'standard, quality 85', private: false },
    ] as const;
    const listOf = (language: 'de' | 'ar') =>
      textOf(draw({ facts: [...facts] }, {}, createTranslator(language)), '[data-disclosure="file-facts"] dl');
    expect(listOf('de')).toBe('KameraCanon EOS R5QuantisierungstabellenStandard, Qualität 85');
    expect(listOf('ar')).toMatch(/^الكاميراCanon EOS R5\P{Script=Latin}*85$/u);
  });
  it('are absent when there are only private ones', () => {
    const facts = [{ group: 'place', name: 'Position', value: '52.5, 13.4', private: true }] as const;
    expect(draw({ facts: [...facts] }).querySelector('[data-disclosure="file-facts"]')).toBeNull();
  });
});

describe('the number in words', () => {
  const state = (extra = {}) => ({ state: { kind: 'verdict', record: sampleRecord(), ...extra } }) as const;
  it('marks its word and says what such numbers were worth where it was counted', () => {
    const card = draw({}, state({ measured: { band: 'rather-likely', pictures: 412, aiShare: 0.71 } }));
    const note = card.querySelector('[data-disclosure="bands"]');
    expect(note?.querySelector('summary')?.textContent).toBe('What does 72% mean?');
    expect(note?.querySelectorAll('.band')).toHaveLength(5);
    expect(note?.querySelector('[aria-current]')?.textContent).toContain('Likely AI');
    expect(note?.textContent).toContain('of the test pictures with numbers from 50% to 80% (412), 71% were AI');
  });
  it('says so where nobody counted', () => {
    expect(textOf(draw({}, state()), '[data-disclosure="bands"]')).toContain('nobody has counted');
  });
  it('claims no counted share where the file itself decided', () => {
    const { verdict } = sampleRecord();
    const reasons = [{ code: 'c2pa-ai', direction: 'ai', text: 'Signed.', details: { signer: 'OpenAI' } }] as const;
    const card = draw({ verdict: { ...verdict, reasons: [...reasons] } });
    const note = textOf(card, '[data-disclosure="bands"]');
    expect(note).toContain('not counted on test pictures');
    expect(note).not.toContain('Of 100 pictures');
    expect(card.textContent).toContain('what the file itself declares');
  });
});

describe('heat map', () => {
  const button = (card: HTMLElement) => card.querySelector('[data-action="heat"]');
  it('is offered only where something can be drawn over the picture', () => {
    expect(button(draw())).toBeNull();
    expect(button(draw({}, { heat: { status: 'none' } }))?.getAttribute('aria-pressed')).toBe('false');
  });
  it('says in words where the score comes from, and that it proves nothing', () => {
    const card = draw({}, { heat: { status: 'known', explanation: sampleExplanation, shown: true } });
    expect(button(card)?.getAttribute('aria-pressed')).toBe('true');
    const text = textOf(card, '.heat-section');
    for (const part of ['not proof', 'Upper left: strongest', 'Top: 40% of the strongest', 'points to a camera'])
      expect(text).toContain(part);
  });
  it('keeps its words away while hidden, and says why it failed', () => {
    const hidden = draw({}, { heat: { status: 'known', explanation: sampleExplanation, shown: false } });
    expect(textOf(hidden, '.heat-section')).not.toContain('Upper left');
    const working = draw({}, { heat: { status: 'asking' } });
    const status = working.querySelector('.heat-section [role="status"]');
    expect(status?.querySelector('progress')?.getAttribute('aria-label')).toBe(status?.textContent?.trim());
    expect(button(working)?.getAttribute('aria-disabled')).toBe('true');
    const failed = draw({}, { heat: { status: 'failed', error: errorReport('picture-not-kept') } });
    expect(textOf(failed, '.heat-section')).toContain('no longer kept');
  });
});

it('names the site where a picture was seen', () => {
  const seenBefore = {
    recordId: 'x',
    at: 1_790_000_000_000,
    verdict: 'fake',
    pageUrl: 'https://example.org/news?id=3',
    distance: 0,
    exact: true,
  } as const;
  expect(draw({ seenBefore }).textContent).toMatch(/Same file checked .* on example\.org: Likely AI/);
});

it('stays open where it was open when it is drawn again', () => {
  const card = draw({ provenance: sampleProvenance() });
  card.querySelector('[data-disclosure="credentials"]')?.setAttribute('open', '');
  const record = sampleRecord({ provenance: sampleProvenance() });
  renderCard(card, { state: { kind: 'verdict', record }, label: { status: 'asking' } }, english);
  expect(card.querySelector('[data-disclosure="credentials"]')?.hasAttribute('open')).toBe(true);
  expect(card.querySelector('[data-disclosure="bands"]')?.hasAttribute('open')).toBe(false);
});

it('speaks every language', () => {
  for (const language of ['de', 'ar'] as const) {
    const translator = createTranslator(language);
    const heat = { status: 'known', explanation: sampleExplanation, shown: true } as const;
    const text = draw({ provenance: sampleProvenance() }, { heat }, translator).textContent ?? '';
    expect(text).toContain(translator.text('provenance-trusted'));
    expect(text).toContain(translator.text('heat-label'));
    expect(text).toContain(translator.text('step-leans-authentic'));
  }
});
