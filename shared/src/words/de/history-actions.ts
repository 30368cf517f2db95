import type { historyActions as Words } from '../en/history-actions.ts';
import type { Translated } from '../message.ts';

/** What is done to results in the list, and how a deletion is taken back. */
export const historyActions: Translated<typeof Words> = {
  'files-cancelled': { one: '{count} Datei abgebrochen', other: '{count} Dateien abgebrochen' },
  'retention-room': 'Platz, den sie brauchen dürfen',
  'retention-room-any': 'So viel, wie da ist',
  'retention-room-limited': 'Nicht mehr als',
  megabytes: 'Megabyte',
  'megabytes-invalid': 'Eine ganze Zahl ab {least}.',
  'retention-room-warning':
    'Ergebnisse, Vorschaubilder und aufbewahrte Originale zählen. Sobald Sie speichern, werden die ältesten Ergebnisse gelöscht, bis der Rest hineinpasst.',
};
