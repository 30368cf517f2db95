import { errorReport } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../i18n/create-translator.ts';
import type { CardView } from '../check-state.ts';
import { createCard, renderCard } from './card.ts';
import { sampleRecord } from './sample-record.ts';

const english = createTranslator('en');

function draw(view: Partial<CardView> & Pick<CardView, 'state'>, translator = english): HTMLElement {
  const card = createCard();
  document.body.replaceChildren(card);
  renderCard(card, { label: { status: 'none' }, ...view }, translator);
  return card;
}
/** Without the handle that every card has. */
const actions = (card: HTMLElement) =>
  [...card.querySelectorAll('[data-action]:not(.move)')].map((button) => button.getAttribute('data-action'));
const verdict = (changes = {}) => ({ kind: 'verdict', record: sampleRecord(changes) }) as const;

describe('renderCard', () => {
  it.each([
    ['fetching', 'Fetching the picture'],
    ['queued', 'Waiting in line'],
    ['judging', 'Judging'],
  ] as const)('says what it is doing: %s', (stage, text) => {
    const card = draw({ state: { kind: 'checking', stage } });
    expect(card.textContent).toContain('Checking…');
    expect(card.textContent).toContain(text);
    expect(actions(card)).toEqual(['close']);
  });

  it('says how to start an absent companion and that it goes on by itself', () => {
    const card = draw({ state: { kind: 'checking', stage: 'waiting' } });
    expect(card.textContent).toContain('Start Touchstone on your computer');
    expect(card.textContent).toContain('continues by itself');
  });

  it('shows a verdict with its number, reasons in order, caveats and facts', () => {
    const card = draw({ state: verdict() });
    const text = card.textContent ?? '';
    for (const part of [
      'Likely AI',
      'Chance of AI: 72%',
      'about 72 should be made by AI',
      'The picture is small.',
      '1,920 × 1,080 pixels, 348 kB',
      'JPEG',
      'the original file',
      '41 ms',
      'starter 1.0.0 (cpu)',
    ])
      expect(text).toContain(part);
    expect(text.indexOf('The model finds patterns.')).toBeLessThan(text.indexOf('The file names a camera.'));
    expect(card.getAttribute('data-verdict')).toBe('likely-ai');
    expect(actions(card)).toEqual(['close', 'share', 'history', 'wrong', 'again']);
  });

  it('does not pass a declared source off as a measured share', () => {
    const record = sampleRecord();
    const reasons = [
      { code: 'declared-ai-source', direction: 'ai', text: 'The file declares it.', details: {} },
    ] as const;
    const card = draw({ state: verdict({ verdict: { ...record.verdict, reasons } }) });
    expect(card.textContent).not.toContain('Of 100 pictures');
    expect(card.textContent).toContain('what the file itself declares');
  });

  it('does not explain a number that was held back', () => {
    const { verdict: full } = sampleRecord();
    const caveats = [{ code: 'very-small-picture', text: 'Too small to decide.' }] as const;
    const card = draw({ state: verdict({ verdict: { ...full, value: 'uncertain', caveats } }) });
    expect(card.textContent).not.toContain('Of 100 pictures');
    expect(card.textContent).toContain('Too small to decide.');
  });

  it('names what was seen before', () => {
    const seenBefore = { recordId: 'x', at: 1_790_000_000_000, verdict: 'real', distance: 3, exact: false } as const;
    expect(draw({ state: verdict({ seenBefore }) }).textContent).toMatch(
      /Nearly identical picture checked .*: Likely authentic/,
    );
  });

  it('offers no history and no label for what was not recorded', () => {
    const card = draw({ state: verdict({ logged: false }) });
    expect(card.textContent).toContain('Not recorded');
    expect(actions(card)).toEqual(['close', 'share', 'again']);
  });

  it('offers another try only where it can help', () => {
    const retryable = draw({ state: { kind: 'error', error: errorReport('picture-gone') } });
    expect(retryable.textContent).toContain('could not be fetched');
    expect(retryable.textContent).toContain('Reload the page');
    expect(actions(retryable)).toEqual(['close', 'retry']);
    expect(actions(draw({ state: { kind: 'error', error: errorReport('svg-refused') } }))).toEqual(['close']);
  });

  it('leads to pairing where the browser is not paired, and offers a second try', () => {
    const card = draw({ state: { kind: 'error', error: errorReport('not-paired') } });
    expect(actions(card)).toEqual(['close', 'pair', 'retry']);
  });

  it('asks what a picture really is, thanks, and can take it back', () => {
    expect(actions(draw({ state: verdict(), label: { status: 'asking' } }))).toEqual([
      'close',
      'share',
      'label-fake',
      'label-real',
      'label-unsure',
      'back',
      'history',
      'again',
    ]);
    const thanked = draw({ state: verdict(), label: { status: 'saved', label: 'real' } });
    expect(thanked.textContent).toContain('Noted: It is authentic.');
    expect(actions(thanked)).toContain('undo');
    const failed = draw({ state: verdict(), label: { status: 'failed', error: errorReport('busy') } });
    expect(failed.textContent).toContain('busy with other pictures');
    expect(actions(failed)).toContain('wrong');
  });

  it('passes a result on as text and as a picture, and says what became of it', () => {
    const card = draw({ state: verdict(), share: 'open' });
    expect(actions(card)).toEqual(['close', 'share-text', 'share-picture', 'share-close', 'history', 'wrong', 'again']);
    expect(draw({ state: verdict(), share: 'copied' }).querySelector('.share-section')?.textContent).toContain(
      'Copied',
    );
    expect(draw({ state: verdict(), share: 'refused' }).textContent).toContain('Copying did not work on this page.');
    expect(actions(draw({ state: { kind: 'checking' } }))).toEqual(['close']);
  });

  it('shows hostile text as text', () => {
    const hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
    const record = sampleRecord();
    const reasons = [
      { code: 'camera-metadata', direction: 'camera', text: hostile, details: { camera: hostile } },
    ] as const;
    for (const translator of [english, createTranslator('de'), createTranslator('ar')]) {
      const state = verdict({
        verdict: { ...record.verdict, reasons },
        provider: hostile,
        pack: { ...record.pack, name: hostile },
        picture: { ...record.picture, format: hostile },
      });
      const card = draw({ state, subject: hostile }, translator);
      expect(card.querySelector('img, script')).toBeNull();
      expect(card.textContent).toContain(hostile);
    }
    const error = { code: 'internal', message: hostile, retryable: true, nextStep: hostile } as const;
    expect(draw({ state: { kind: 'error', error } }).querySelector('img, script')).toBeNull();
  });

  it('speaks the chosen language in its direction, also when it changes while the card is open', () => {
    const card = draw({ state: verdict() });
    expect([card.dir, card.lang]).toEqual(['ltr', 'en']);
    renderCard(card, { state: verdict(), label: { status: 'none' } }, createTranslator('ar'));
    expect([card.dir, card.lang]).toEqual(['rtl', 'ar']);
    expect(card.textContent).toContain('ذكاء اصطناعي على الأرجح');
  });

  it('keeps focus on the same action when it is drawn again, else on the card', () => {
    const card = draw({ state: { kind: 'error', error: errorReport('busy') } });
    card.querySelector<HTMLElement>('[data-action="close"]')?.focus();
    renderCard(card, { state: verdict(), label: { status: 'none' } }, english);
    expect(document.activeElement?.getAttribute('data-action')).toBe('close');
    card.querySelector<HTMLElement>('[data-action="wrong"]')?.focus();
    renderCard(card, { state: verdict(), label: { status: 'asking' } }, english);
    expect(document.activeElement).toBe(card);
  });
});
