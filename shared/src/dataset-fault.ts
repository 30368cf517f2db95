import * as v from 'valibot';
import { FiniteNumber } from './finite-number.ts';
import { openCode } from './open-code.ts';

/** What can be wrong with pictures that are given to be taught from, and which next step helps; null: that of the error itself. */
export const DATASET_FAULTS = {
  'csv-columns': 'csv',
  'csv-form': 'csv',
  'csv-label': 'csv',
  'csv-path': 'csv',
  'csv-split': 'csv',
  'csv-picture': 'csv',
  'csv-size': 'fewer',
  'no-ai': null,
  'no-real': null,
  'unread-ai': 'readable',
  'unread-real': 'readable',
  'too-many': 'fewer',
  'too-deep': 'fewer',
  'zip-form': 'zip',
  'zip-entry': 'zip',
  'zip-link': 'zip',
  'zip-password': 'zip',
  'zip-ratio': 'zip',
  'zip-picture': 'zip',
  'zip-picture-size': 'zip',
  'zip-entries': 'fewer',
  'zip-size': 'fewer',
  working: 'wait',
  'not-looked-at': 'again',
} as const satisfies Record<string, 'csv' | 'zip' | 'fewer' | 'readable' | 'wait' | 'again' | null>;

export type DatasetFaultKind = keyof typeof DATASET_FAULTS;
export const DATASET_FAULT_KINDS = Object.keys(DATASET_FAULTS) as [DatasetFaultKind, ...DatasetFaultKind[]];

/** Longest name of a file that is told, in characters. */
export const MAX_FAULT_FILE = 200;
/** Longest sentence: the longest of ours with the longest name. */
const MAX_FAULT_TEXT = 500;

/** What of the given pictures is wrong, for whoever gave them. */
export const DatasetFault = v.object({
  kind: openCode(DATASET_FAULT_KINDS),
  /** In English, with everything below filled in. */
  text: v.pipe(v.string(), v.maxLength(MAX_FAULT_TEXT)),
  /** Of the CSV file, the first being 1. */
  line: v.optional(FiniteNumber),
  /** As it is called where it was given. */
  file: v.optional(v.pipe(v.string(), v.maxLength(MAX_FAULT_FILE))),
  /** A limit. */
  count: v.optional(FiniteNumber),
});
export type DatasetFault = v.InferOutput<typeof DatasetFault>;
