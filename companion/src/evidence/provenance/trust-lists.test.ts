import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createTestAuthority } from './fixtures/test-authority.ts';
import { testTrustFolder } from './fixtures/test-reader.ts';
import { LIST_FILES, loadTrustList } from './trust-lists.ts';

let pem: string;
beforeAll(async () => {
  pem = (await createTestAuthority('Example')).pem;
});

function folder(lists: Parameters<typeof testTrustFolder>[0]): string {
  const made = testTrustFolder(lists);
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

describe('bundled lists', () => {
  it.each(['signers', 'timeStamps'] as const)(
    '%s: dated, with the hash it is known by, and only authorities',
    async (role) => {
      const list = await loadTrustList(role);
      expect(list).toMatchObject({ own: false, name: expect.stringContaining('C2PA') });
      expect(list?.date).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(list?.certificates.length).toBeGreaterThan(10);
      for (const one of list?.certificates ?? []) {
        const certificate = new X509Certificate(one);
        expect(certificate.ca, certificate.subject).toBe(true);
        expect(certificate.subject).not.toMatch(/test|sample/i);
      }
    },
  );
});

describe('own lists', () => {
  it('take the place of the bundled one', async () => {
    const list = await loadTrustList('signers', folder({ signers: `Subject: anything\n${pem}\n` }));
    expect(list).toMatchObject({ own: true, name: 'Your own trust list' });
    expect(list?.certificates).toHaveLength(1);
  });

  it('leave the others as they are', async () => {
    const list = await loadTrustList('timeStamps', folder({ signers: pem }));
    expect(list?.own).toBe(false);
  });

  it.each([
    ['no certificate in it', 'hello'],
    ['an empty file', ''],
    ['a certificate that is none', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
  ])('with %s are an error with a next step', async (_, text) => {
    const own = folder({ interim: text });
    await expect(loadTrustList('interim', own)).rejects.toMatchObject({
      code: 'trust-list-unreadable',
      detail: join(own, LIST_FILES.interim),
    });
  });

  it('are refused when they are too large', async () => {
    const own = folder({});
    writeFileSync(join(own, LIST_FILES.signers), Buffer.alloc(5 * 1024 * 1024, '\n'));
    await expect(loadTrustList('signers', own)).rejects.toMatchObject({ code: 'trust-list-unreadable' });
  });

  it('never hold the test certificates of the C2PA, whose keys are public', async () => {
    const [test, sample] = await Promise.all([
      createTestAuthority('C2PA Test Root CA'),
      createTestAuthority('C2PA Sample'),
    ]);
    const list = await loadTrustList('signers', folder({ signers: [test.pem, sample.pem, pem].join('\n') }));
    expect(list?.certificates.map((one) => one.trim())).toEqual([pem.trim()]);
  });
});
