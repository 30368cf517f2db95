import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintExtension, lintFaults } from './extension-lint.mjs';
import { root } from './project.mjs';

const warning = { code: 'UNSAFE', message: 'Unsafe.', file: 'chunks/page-1a2b.js', line: 3 };
const accepted = { code: 'UNSAFE', file: 'chunks/page-', reason: 'Why it is right here.' };

describe('findings of the linter', () => {
  it('are faults, unless a warning is accepted for its file', () => {
    expect(lintFaults({ errors: [], warnings: [warning] }, [accepted])).toEqual([]);
    expect(lintFaults({ errors: [], warnings: [warning] }, [])).toEqual([
      'Warning UNSAFE in chunks/page-1a2b.js:3: Unsafe.',
    ]);
    expect(lintFaults({ errors: [], warnings: [{ ...warning, file: 'background.js' }] }, [accepted])).toHaveLength(2);
  });

  it('are never accepted where they are errors', () => {
    expect(lintFaults({ errors: [warning], warnings: [warning] }, [accepted])).toEqual([
      'Error UNSAFE in chunks/page-1a2b.js:3: Unsafe.',
    ]);
  });

  it('must still be there to be accepted', () => {
    expect(lintFaults({ errors: [], warnings: [] }, [accepted]).join()).toContain('no more of UNSAFE');
  });
});

it('every accepted warning has its reason', () => {
  const policy = JSON.parse(readFileSync(join(root, 'scripts/extension-lint-policy.json'), 'utf8'));
  for (const { code, file, reason } of policy.accepted) {
    expect(code).toMatch(/^[A-Z_]+$/);
    expect(file.length, code).toBeGreaterThan(0);
    expect(reason.length, code).toBeGreaterThan(30);
  }
});

it('the linter that runs here finds what a store would', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-lint-'));
  try {
    writeFileSync(join(folder, 'a.js'), 'eval(location.hash)');
    const manifest = { manifest_version: 3, name: 'A', version: '1', background: { scripts: ['a.js', 'gone.js'] } };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    const { errors, warnings } = await lintExtension(folder);
    expect(errors.map(({ code }) => code)).toContain('MANIFEST_BACKGROUND_FILE_NOT_FOUND');
    expect(warnings.map(({ code }) => code)).toContain('DANGEROUS_EVAL');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
