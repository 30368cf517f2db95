import { addressForRecord, type CaptureSource, type ResultRecord } from '@touchstone/shared';
import { alignRecord } from '@touchstone/shared/present';
import { COMPANION_VERSION } from './companion-version.ts';
import { wellFormed } from './well-formed.ts';

/** What a person says later, beside the record. */
type Later = 'label' | 'cases' | 'tags' | 'note';
type Optional = 'together' | 'seenBefore' | 'provenance' | 'facts' | 'timeline' | 'recheckOf';

/** What a record is made of: all but what every new record has alike. What is undefined stays away. */
export type RecordParts = Omit<ResultRecord, Later | 'companion' | Optional> & {
  readonly [Part in Optional]?: ResultRecord[Part] | undefined;
};

/** Makes the record of a picture, a playing video or a file: the only place that does. Nobody has labelled it yet. */
export function buildRecord({
  together,
  seenBefore,
  provenance,
  facts,
  timeline,
  recheckOf,
  ...always
}: RecordParts): ResultRecord {
  const record = wellFormed({
    ...always,
    source: recordSource(always.source),
    ...(together && { together }),
    ...(seenBefore && { seenBefore }),
    ...(provenance && { provenance }),
    ...(facts && facts.length > 0 && { facts }),
    ...(timeline && { timeline }),
    ...(recheckOf !== undefined && { recheckOf }),
    companion: COMPANION_VERSION,
    label: null,
  });
  return alignRecord(record);
}

/** Addresses cut to what a record may hold. */
function recordSource(source: CaptureSource): CaptureSource {
  return {
    ...source,
    ...(source.url !== undefined && { url: addressForRecord(source.url) }),
    ...(source.pageUrl !== undefined && { pageUrl: addressForRecord(source.pageUrl) }),
  };
}
