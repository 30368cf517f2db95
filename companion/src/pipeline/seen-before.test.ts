import { fileURLToPath } from 'node:url';
import { readPack } from '@touchstone/models';
import type { Provenance } from '@touchstone/shared';
import { expect, it } from 'vitest';
import { generatedRecord } from '../log/fixtures/generated-records.ts';
import { memoryLog } from './memory-log.ts';
import { findSame } from './seen-before.ts';

const provenance = (failures: string[]): Provenance => ({
  state: 'unreadable',
  origin: null,
  signer: null,
  issuer: null,
  claimGenerator: null,
  signedAt: null,
  actions: [],
  ingredients: [],
  failures,
  trustList: null,
  remoteManifest: false,
});

it.each([
  [['reader.timeLimit'], false],
  [['reader.crash'], false],
  [['claim.malformed'], true],
  [[], true],
])('a record whose Content Credentials ended as %j is given again: %s', async (failures, reused) => {
  const pack = await readPack(fileURLToPath(new URL('../../../models/packs/starter', import.meta.url)));
  const { log } = memoryLog();
  const base = generatedRecord(1);
  const { name, version } = pack.manifest;
  const record = { ...base, pack: { ...base.pack, name, version }, provenance: provenance(failures) };
  await log.append(record, {});
  const request = { source: record.source, lane: 'bulk', bytes: new Uint8Array() } as const;
  const found = await findSame(log, request, record.picture.sha256, [pack]);
  expect(found?.id).toBe(reused ? record.id : undefined);
});
