import { describe, expect, it } from 'vitest';
import { forVersion1 } from './protocol-version-1.ts';
import { errorReport } from './touchstone-error.ts';

const told = (code: Parameters<typeof errorReport>[0]) => {
  const message = forVersion1({ type: 'error', id: 1, error: errorReport(code) });
  return message.type === 'error' ? message.error.code : undefined;
};

describe('an error on its way to version 1', () => {
  it('stays where version 1 knows its word', () => expect(told('too-small')).toBe('too-small'));
  it('is said in the nearest old word, or as an internal one', () => {
    expect(told('disk-full')).toBe('log-failed');
    expect(told('decode-limit')).toBe('broken-picture');
    expect(told('telemetry-on')).toBe('internal');
  });
});
