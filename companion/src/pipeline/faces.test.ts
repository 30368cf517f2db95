import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CompanionSettings, facePlace, type Lane, type ResultRecord } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createPipeline } from './create-pipeline.ts';

const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const starter = fileOf('../../../models/packs/starter');
let scratch = '';
let portrait: Buffer;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'touchstone-faces-'));
  portrait = await readFile(fileOf('../../assets/samples/astronaut.png'));
});
afterAll(() => rm(scratch, { recursive: true }));

/** A picture of one face, by a pack that calls it authentic, whose face output stays or not above its threshold. */
async function checked(lane: Lane, above: number): Promise<ResultRecord> {
  const folder = await mkdtemp(join(scratch, 'packs-'));
  await cp(starter, join(folder, 'quick'), { recursive: true });
  const manifest = JSON.parse(await readFile(join(starter, 'pack.json'), 'utf8'));
  const face = {
    logit: 'logit',
    margin: 1.3,
    minimumSide: 64,
    above,
    meaning: 'a test',
    golden: manifest.golden.logit,
  };
  await writeFile(
    join(folder, 'quick', 'pack.json'),
    JSON.stringify({
      ...manifest,
      name: 'quick',
      tier: 'quick',
      calibration: { kind: 'platt', scale: 1e-6, bias: -4, fittedOn: 'a test' },
      output: { ...manifest.output, face },
    }),
  );
  const pipeline = await createPipeline({
    settings: () => v.parse(CompanionSettings, {}),
    logger: pino({ level: 'silent' }),
    packFolders: [folder],
    provider: 'cpu',
  });
  onTestFinished(() => pipeline.close());
  const source = { kind: 'image', path: 'original-bytes', private: false } as const;
  return pipeline.check({ source, lane, bytes: portrait });
}

const codesOf = ({ evidence }: ResultRecord): string[] => evidence.map(({ code }) => code);

describe('the faces of what a person asks about', () => {
  it('lift the verdict, and the record says where', async () => {
    const record = await checked('asked', -1000);
    expect(record.verdict).toMatchObject({ value: 'uncertain', leaning: 'ai' });
    const place = record.evidence.map(facePlace).find((one) => one !== undefined);
    // The nose of the astronaut: 225, 129 of 512.
    expect(place?.x).toBeLessThan(225 / 512);
    expect((place?.x ?? 0) + (place?.width ?? 0)).toBeGreaterThan(225 / 512);
  });
  it('say nothing below the threshold', async () => {
    const record = await checked('asked', 1000);
    expect(record.verdict.value).toBe('real');
    expect(codesOf(record)).not.toContain('face-blending');
  });
  it('are not looked at in what only scrolls by', async () => {
    expect(codesOf(await checked('bulk', -1000))).not.toContain('face-blending');
  });
});
