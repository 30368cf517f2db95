import type { historyActions as Words } from '../en/history-actions.ts';
import type { Translated } from '../message.ts';

/** What is done to results in the list, and how a deletion is taken back. */
export const historyActions: Translated<typeof Words> = {
  'files-cancelled': { one: '{count} Datei abgebrochen', other: '{count} Dateien abgebrochen' },
};
