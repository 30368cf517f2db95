import type { CaveatCode, Evidence, FileFact } from '@touchstone/shared';
import type { ByteSource } from '../../containers/byte-source.ts';
import type { PictureHeader } from '../../intake/picture-header.ts';
import { encodingFacts } from '../encoding/encoding-facts.ts';
import { fileFacts } from './file-facts.ts';
import { readFields } from './file-fields.ts';
import { findBlocks } from './find-blocks.ts';
import { metadataEvidence } from './metadata-evidence.ts';
import { videoBlocks } from './video-blocks.ts';

/** Most facts a record carries, by its contract. */
const MAX_FACTS = 200;

export interface MetadataFindings {
  readonly evidence: readonly Evidence[];
  readonly facts: readonly FileFact[];
  readonly caveats: readonly CaveatCode[];
  /** EXIF orientation, 1 where none is given. */
  readonly orientation: number;
}

/**
 * What a file says about itself. Only blocks that the container's own structure holds count: text appended to a file,
 * hidden between its parts or inside an embedded thumbnail is not read.
 */
export function readMetadata(bytes: Uint8Array, header: PictureHeader): MetadataFindings {
  const blocks = findBlocks(bytes, header);
  const fields = readFields(blocks);
  return {
    evidence: metadataEvidence(fields),
    facts: [...fileFacts(fields), ...(header.format === 'jpeg' ? encodingFacts(bytes) : [])].slice(0, MAX_FACTS),
    caveats: blocks.skipped ? ['metadata-skipped'] : [],
    orientation: orientationOf(fields.exif.get('Orientation')),
  };
}

/** What a video says about itself, by the same rules. @param source an open file, or bytes */
export function readVideoMetadata(source: ByteSource): Pick<MetadataFindings, 'evidence' | 'facts'> {
  const fields = readFields(videoBlocks(source));
  return { evidence: metadataEvidence(fields), facts: fileFacts(fields).slice(0, MAX_FACTS) };
}

const ORIENTATIONS = [
  'top-left',
  'top-right',
  'bottom-right',
  'bottom-left',
  'left-top',
  'right-top',
  'right-bottom',
  'left-bottom',
];

/** The reader gives the names of the standard. */
const orientationOf = (name: string | undefined): number =>
  name === undefined ? 1 : ORIENTATIONS.indexOf(name.toLowerCase()) + 1;
