import { describe, expect, it } from 'vitest';
import { allowedBuilds, forbiddenBuilds, graveAdvisories, isLicenceAllowed, refusedLicences } from './audit-rules.mjs';

const now = new Date('2026-11-28T12:00:00Z');
const hole = { id: 'GHSA-1', package: 'left', severity: 'high', title: 'runs what it reads' };

describe('graveAdvisories', () => {
  it('stops on high and critical, not below', () => {
    expect(graveAdvisories([hole, { ...hole, id: 'GHSA-2', severity: 'moderate' }], [], now)).toEqual([
      'left: high, runs what it reads, GHSA-1.',
    ]);
    expect(graveAdvisories([{ ...hole, severity: 'critical' }], [], now)).toHaveLength(1);
  });
  it('lets pass what is excepted, up to its day', () => {
    const exception = { id: 'GHSA-1', reason: 'that part is not used', until: '2026-11-28' };
    expect(graveAdvisories([hole], [exception], now)).toEqual([]);
    expect(graveAdvisories([hole], [{ ...exception, until: '2026-11-27' }], now)[0]).toContain('ended on 2026-11-27');
  });
  it.each([{ until: '2027-01-01' }, { reason: 'none' }, { reason: 'none', until: 'never' }])(
    'takes no exception without reason and day: %o',
    (exception) => {
      expect(graveAdvisories([], [{ id: 'GHSA-1', ...exception }], now)).toHaveLength(1);
    },
  );
});

describe('licences', () => {
  const policy = {
    licences: ['MIT', 'ISC'],
    licencesOfPackages: [{ package: '@img/lib-*', licence: 'LGPL-3.0-or-later', reason: 'loaded' }],
  };
  it.each([
    ['MIT', true],
    ['(MIT OR AGPL-3.0-only)', true],
    ['MIT AND ISC', true],
    ['MIT AND AGPL-3.0-only', false],
    ['AGPL-3.0-or-later', false],
    ['MIT OR ISC AND AGPL-3.0-only', false],
    ['', false],
    ['Unknown', false],
  ])('%s: %s', (expression, allowed) => {
    expect(isLicenceAllowed(expression, (licence) => policy.licences.includes(licence))).toBe(allowed);
  });
  it('names the package, and excepts only the one that is meant', () => {
    const found = {
      MIT: [{ name: 'a' }],
      'LGPL-3.0-or-later': [{ name: '@img/lib-linux' }, { name: 'other' }],
      'AGPL-3.0-only': [{ name: 'c' }],
    };
    expect(refusedLicences(found, policy)).toEqual([
      'other has the licence LGPL-3.0-or-later, which is not on the list.',
      'c has the licence AGPL-3.0-only, which is not on the list.',
    ]);
  });
});

describe('install scripts', () => {
  const yaml =
    'packages:\n  - a\n\n# why\nallowBuilds:\n  node: true\n  # not this\n  esbuild: false\n  "@a/b": false\n\npmOnFail: ignore\n';
  it('are read from the workspace file', () => {
    expect([...allowedBuilds(yaml)]).toEqual([
      ['node', true],
      ['esbuild', false],
      ['@a/b', false],
    ]);
  });
  it('pass where every one is decided and agreed', () => {
    const installed = [
      { name: 'esbuild', scripts: { postinstall: 'x' } },
      { name: 'plain', scripts: { test: 'x' } },
    ];
    expect(forbiddenBuilds(yaml, installed, ['node'])).toEqual([]);
  });
  it('stop where one is new, one is allowed past the policy, or all are', () => {
    const installed = [{ name: 'fresh', scripts: { install: 'curl' } }];
    expect(forbiddenBuilds(yaml, installed, ['node'])).toEqual([
      expect.stringContaining('fresh has an install script'),
    ]);
    expect(forbiddenBuilds(yaml.replace('esbuild: false', 'esbuild: true'), [], ['node'])).toEqual([
      expect.stringContaining('esbuild may run'),
    ]);
    expect(forbiddenBuilds(`${yaml}dangerouslyAllowAllBuilds: true\n`, [], ['node'])).toHaveLength(1);
  });
});
