import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { PROVIDER_FAILURES, PROVIDER_REASONS, ProviderReason } from '../provider-reason.ts';
import { LANGUAGES } from './languages.ts';
import { providerReasonText } from './provider-reason.ts';

const full = (code: string): ProviderReason => ({
  code,
  provider: 'webgpu',
  ms: 2.04,
  cpuMs: 10,
  failures: PROVIDER_FAILURES.map((failure) => ({ provider: 'cuda', code: failure, detail: 'SIGSEGV' })),
});

describe.each(LANGUAGES)('%s', (language) => {
  it('says every reason in its own words, with every place filled', () => {
    const said = PROVIDER_REASONS.map((code) => providerReasonText(full(code), language, 'in English'));
    expect(new Set(said).size).toBe(PROVIDER_REASONS.length);
    for (const sentence of said) expect(sentence).not.toMatch(/[{}]|in English/);
  });
});

it('keeps the English text of a reason that only a newer companion knows, and of an older one that sends no code', () => {
  expect(providerReasonText({ code: 'asked-politely' }, 'de', 'It was asked politely.')).toBe('It was asked politely.');
  expect(providerReasonText(undefined, 'ar', 'The CPU was asked for.')).toBe('The CPU was asked for.');
  const failures = [{ provider: 'npu', code: 'on-strike' }];
  expect(providerReasonText({ code: 'none-works', failures }, 'de')).toContain('npu');
});

it('shows no raw number of the model', () => {
  const failures = [{ provider: 'webgpu', code: 'wrong-numbers', detail: '5.00 logits off' }] as const;
  expect(providerReasonText({ code: 'none-works', failures: [...failures] }, 'en')).not.toContain('logit');
});

it('reads reasons strictly: no endless text, no number that is not finite', () => {
  expect(v.is(ProviderReason, full('fastest'))).toBe(true);
  expect(v.is(ProviderReason, { code: 'fastest', provider: 'x'.repeat(10_000) })).toBe(false);
  expect(v.is(ProviderReason, { code: 'fastest', ms: Number.POSITIVE_INFINITY })).toBe(false);
});
