import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ErrorReport } from './error-report.ts';
import { ERROR_CODES } from './errors.ts';
import { entryOf, isKnownCode, openCode } from './open-code.ts';
import { Provenance } from './provenance.ts';
import { errorReport, TouchstoneError } from './touchstone-error.ts';

const colours = ['red', 'blue'] as const;

describe('a code of a vocabulary that grows', () => {
  it('is read whether or not it is known here', () => {
    expect(v.parse(openCode(colours), 'red')).toBe('red');
    expect(v.parse(openCode(colours), 'ultra-violet-2')).toBe('ultra-violet-2');
  });
  it.each(['', 'Red', 'a b', '-red', '__proto__', 'x'.repeat(65), '<b>', 7])('is never %j', (code) => {
    expect(v.safeParse(openCode(colours), code).success).toBe(false);
  });
  it('is narrowed before anything is decided by it', () => {
    expect([isKnownCode(colours, 'red'), isKnownCode(colours, 'green')]).toEqual([true, false]);
    expect(entryOf({ red: 1 }, 'constructor')).toBeUndefined();
    expect(entryOf({ red: 1 }, 'red')).toBe(1);
    expect(entryOf(null, 'red')).toBeUndefined();
  });
});

describe('an error from a newer Touchstone', () => {
  const report = { code: 'moon-in-the-way', message: 'The moon is in the way.', retryable: true, nextStep: 'Wait.' };
  it('keeps its code and the words that came with it', () => {
    const error = TouchstoneError.fromReport(v.parse(ErrorReport, report));
    expect(error.toReport()).toEqual(report);
    expect(error.message).toBe(report.message);
  });
  it('has our own words where the code is known, and the step that was meant', () => {
    for (const code of ERROR_CODES) {
      const { message, retryable } = errorReport(code);
      expect(TouchstoneError.fromReport({ ...report, code }).toReport()).toEqual({
        code,
        message,
        retryable,
        nextStep: 'Wait.',
      });
    }
  });
});

it('a state of Content Credentials that is not known here counts as unreadable, not as no record', () => {
  const provenance = {
    ...{ state: 'vouched-for', origin: 'dreamt', signer: null, issuer: null, claimGenerator: null, signedAt: null },
    ...{ actions: [], ingredients: [], failures: [], trustList: null, remoteManifest: false },
  };
  expect(v.parse(Provenance, provenance)).toMatchObject({ state: 'unreadable', origin: null });
});
