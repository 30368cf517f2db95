import type { ByteSource } from './byte-source.ts';
import { matroskaElements } from './matroska-elements.ts';
import { descend } from './part.ts';
import { MAX_TAG_BYTES, MAX_TAGS, type TextTag } from './text-tag.ts';

/** Segment, Tags, Tag, SimpleTag (RFC 9559, 5.1.8). */
const WAY_TO_TAGS = ['18538067', '1254c367', '7373', '67c8'];
const [TAG_NAME, TAG_STRING] = ['45a3', '4487'];

/** Text entries of a WebM or Matroska file, of the whole and of its tracks. */
export function* matroskaTags(source: ByteSource): Generator<TextTag> {
  let count = 0;
  for (const tag of descend(source, matroskaElements, WAY_TO_TAGS)) {
    if (++count > MAX_TAGS) return;
    const texts = new Map<string, string>();
    for (const { name, start, end } of matroskaElements(source, tag.start, tag.end)) {
      if (name !== TAG_NAME && name !== TAG_STRING) continue;
      texts.set(name, source.read(start, Math.min(end - start, MAX_TAG_BYTES)).toString('utf8'));
    }
    const [name, text] = [texts.get(TAG_NAME), texts.get(TAG_STRING)];
    if (name !== undefined && text !== undefined) yield { name, text };
  }
}
