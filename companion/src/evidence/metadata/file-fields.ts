import { type ExifFields, readExifFields } from './exif-fields.ts';
import { type IptcFields, readIptcFields } from './iptc-fields.ts';
import type { MetadataBlocks } from './metadata-block.ts';
import { readXmpFields, type XmpFields } from './xmp-fields.ts';

/** Everything a file says about itself in text, by where it says it. */
export interface FileFields {
  readonly png: ReadonlyMap<string, string>;
  readonly exif: ExifFields;
  readonly xmp: XmpFields;
  readonly iptc: IptcFields;
  readonly comments: readonly string[];
}

export function readFields(blocks: MetadataBlocks): FileFields {
  return {
    png: blocks.text,
    exif: readExifFields(blocks.exif),
    xmp: readXmpFields(blocks.xmp),
    iptc: readIptcFields(blocks.photoshop),
    comments: blocks.comments,
  };
}
