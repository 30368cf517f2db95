import { type ExifFields, readExifFields } from './exif-fields.ts';
import { type IptcFields, readIptcFields } from './iptc-fields.ts';
import { MAX_BLOCKS, type MetadataBlocks } from './metadata-block.ts';
import { joinXmp, readXmpFields, type XmpFields } from './xmp-fields.ts';

/** Everything a file says about itself in text, by where it says it. */
export interface FileFields {
  /** Text fields by keyword: chunks of a PNG, entries of a video. */
  readonly png: ReadonlyMap<string, string>;
  readonly exif: ExifFields;
  readonly xmp: XmpFields;
  readonly iptc: IptcFields;
  readonly comments: readonly string[];
}

export function readFields(blocks: MetadataBlocks): FileFields {
  return {
    png: blocks.text,
    exif: firstOfEach(blocks.exif.slice(0, MAX_BLOCKS).map(readExifFields)),
    xmp: joinXmp(blocks.xmp.slice(0, MAX_BLOCKS).map(readXmpFields)),
    iptc: readIptcFields(blocks.photoshop),
    comments: blocks.comments,
  };
}

/** What the first block says counts; a later one adds what no earlier one says. */
function firstOfEach(blocks: readonly ExifFields[]): ExifFields {
  const [only, ...more] = blocks;
  if (more.length === 0) return only ?? new Map();
  return new Map(blocks.toReversed().flatMap((fields) => [...fields]));
}
