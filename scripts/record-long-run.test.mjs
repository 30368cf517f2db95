import { describe, expect, it } from 'vitest';
import { withSection } from './record-long-run.mjs';

describe('a section of the long runs', () => {
  it('is appended under its heading the first time', () => {
    const text = withSection('# Long runs\n', 'fuzz', ['one']);
    expect(text).toContain('## Fuzzing');
    expect(text).toContain('<!-- fuzz:start -->\none\n<!-- fuzz:end -->');
  });
  it('replaces what stood there and leaves the others alone', () => {
    const first = withSection(withSection('# Long runs\n', 'fuzz', ['one']), 'soak', ['calm']);
    const second = withSection(first, 'fuzz', ['two']);
    expect(second).not.toContain('one');
    expect(second).toContain('two');
    expect(second).toContain('calm');
    expect(second.match(/## Fuzzing/g)).toHaveLength(1);
  });
});
