import { fileURLToPath } from 'node:url';
import type { Pack } from '@touchstone/models';
import { CompanionSettings } from '@touchstone/shared';
import pino from 'pino';
import * as v from 'valibot';
import type { Looker } from '../../src/analysis/picture-look.ts';
import { createPipeline } from '../../src/pipeline/create-pipeline.ts';

const SHIPPED = fileURLToPath(new URL('../../../models/packs', import.meta.url));

export interface OpenLooker {
  readonly looker: Looker;
  readonly pack: Pack;
  close(): Promise<void>;
}

/** The product's own looker, on a pack that ships. @throws TouchstoneError `pack-unknown`, `pack-invalid` for one without features */
export async function openLooker(name: string): Promise<OpenLooker> {
  const pipeline = await createPipeline({
    settings: () => v.parse(CompanionSettings, {}),
    logger: pino({ level: 'warn' }, pino.destination(2)),
    packFolders: [SHIPPED],
    provider: 'cpu',
  });
  return { looker: pipeline.looker, pack: pipeline.packs.teachable(name), close: () => pipeline.close() };
}
