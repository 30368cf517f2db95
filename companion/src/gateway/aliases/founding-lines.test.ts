import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  api,
  CustomProgress,
  CustomResult,
  CustomTraining,
  Detection,
  DetectionState,
  Inference,
  InferenceStatus,
  Prediction,
  PredictionList,
  VideoPrediction,
} from '@touchstone/shared/api';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { createStandInLooker, SHIPPED } from '../../training/fixtures/stand-in-looker.ts';
import { zipOfPictures } from '../../training/fixtures/zip-of-pictures.ts';
import { judgingByGrey } from '../../video-file/fixtures/judging-by-grey.ts';
import { greyClip } from '../fixtures/grey-clip.ts';
import { startTestCompanion, temporaryFolder } from '../fixtures/test-companion.ts';
import { programOf } from '../fixtures/token-of.ts';

const SCRIPT = fileURLToPath(new URL('../../../../docs/founding-lines.sh', import.meta.url));

/** What each line of the script prints, in their order. */
const ANSWERS = [
  Prediction,
  PredictionList,
  VideoPrediction,
  PredictionList,
  Detection,
  DetectionState,
  DetectionState,
  Inference,
  InferenceStatus,
  CustomTraining,
  CustomProgress,
  CustomResult,
] as const;

it('the walk through the addresses of the founding documents runs, each line with its own shape', async () => {
  const home = await temporaryFolder();
  const looker = await createStandInLooker();
  const packFolders = [SHIPPED, join(home, 'packs')];
  const test = await startTestCompanion({ home, frames: judgingByGrey(), looker, packFolders });
  const { token } = await programOf(test, 'check', 'read', 'train');
  const zip = join(test.home, 'pictures.zip');
  await writeFile(zip, await zipOfPictures(20));
  const picture = join(test.home, 'photo.jpg');
  await writeFile(picture, 'picture');
  const { path: video } = await greyClip();
  const environment = { PATH: process.env.PATH, TOUCHSTONE_TOKEN: token, TOUCHSTONE_PORT: String(test.companion.port) };
  const { stdout } = await promisify(execFile)('bash', [SCRIPT, picture, video, zip], { env: environment });
  const lines = stdout.trim().split('\n');
  expect(lines).toHaveLength(ANSWERS.length);
  for (const [place, schema] of ANSWERS.entries()) v.parse<v.GenericSchema>(schema, JSON.parse(lines[place] ?? ''));
});

it('the walk names every one of those addresses', async () => {
  const script = await readFile(SCRIPT, 'utf8');
  // Where to ask for a status is what the companion says.
  const all = [...Object.values(api.aliases), ...Object.values(api.trainingAliases)];
  const named = all.filter((route) => route !== api.aliases.status);
  for (const { path } of named) expect(script).toMatch(new RegExp(`"\\$base${path.replace(':id', '\\$id')}["?]`));
});

it('the walk ends at the first refusal', async () => {
  const test = await startTestCompanion();
  const environment = {
    PATH: process.env.PATH,
    TOUCHSTONE_TOKEN: 'tst_x',
    TOUCHSTONE_PORT: String(test.companion.port),
  };
  const walk = promisify(execFile)('bash', [SCRIPT, SCRIPT, SCRIPT], { env: environment });
  await expect(walk).rejects.toMatchObject({ code: 22, stdout: expect.stringContaining('token-wrong') });
});
