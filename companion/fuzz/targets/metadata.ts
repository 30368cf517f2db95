import { TouchstoneError } from '@touchstone/shared';
import { mutate, repairChecksums } from '../../src/evidence/fixtures/mutate.ts';
import { RICH_FORMATS, richPictures } from '../../src/evidence/fixtures/rich-pictures.ts';
import { readMetadata } from '../../src/evidence/metadata/read-metadata.ts';
import { sniffFormat } from '../../src/intake/sniff.ts';
import { readHeader } from '../../src/picture-decoder/process/read-header.ts';
import type { FuzzTarget } from '../fuzz-target.ts';

/** Containers with damaged metadata: of three PNGs two get right checksums again, so that readers look inside. */
export const target: FuzzTarget = {
  name: 'metadata',
  async run(random) {
    const format = random.pick(RICH_FORMATS);
    const [original, range] = richPictures[format];
    const damaged = mutate(original, range, (below) => random.int(below));
    const bytes = format === 'png' && random.int(3) > 0 ? repairChecksums(damaged) : damaged;
    try {
      readMetadata(bytes, await readHeader(bytes, sniffFormat(bytes)));
    } catch (error) {
      if (!(error instanceof TouchstoneError) || error.code === 'internal') throw error;
    }
  },
};
