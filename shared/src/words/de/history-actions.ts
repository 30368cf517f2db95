import type { historyActions as Words } from '../en/history-actions.ts';
import type { Translated } from '../message.ts';

/** What is done to results in the list, and how a deletion is taken back. */
export const historyActions: Translated<typeof Words> = {
  'delete-undoable': {
    one: 'Sie können das {count} Sekunde lang rückgängig machen.',
    other: 'Sie können das {count} Sekunden lang rückgängig machen.',
  },
  'delete-final': 'Das lässt sich nicht rückgängig machen.',
  'undo-bar': 'Das letzte Löschen',
  'undo-hint': '{keys} holt das Gelöschte zurück.',
  restored: { one: '{count} Ergebnis ist wieder da.', other: '{count} Ergebnisse sind wieder da.' },
  'files-cancelled': { one: '{count} Datei abgebrochen', other: '{count} Dateien abgebrochen' },
  'retention-room': 'Platz, den sie brauchen dürfen',
  'retention-room-any': 'So viel, wie da ist',
  'retention-room-limited': 'Nicht mehr als',
  megabytes: 'Megabyte',
  'megabytes-invalid': 'Eine ganze Zahl ab {least}.',
  'retention-room-warning':
    'Ergebnisse, Vorschaubilder und aufbewahrte Originale zählen. Sobald Sie speichern, werden die ältesten Ergebnisse gelöscht, bis der Rest hineinpasst.',
  'export-jsonl': 'JSON Lines',
  'recheck-many-text': {
    one: '{count} Datei wird mit dem genannten Paket noch einmal beurteilt. Das neue Ergebnis kommt in den Verlauf.',
    other:
      '{count} Dateien werden mit dem genannten Paket noch einmal beurteilt. Die neuen Ergebnisse kommen in den Verlauf.',
  },
  'recheck-many-left': {
    one: '{count} bleibt aus: Das Original wurde nicht aufbewahrt, und diese Seite hat die Datei nicht bekommen.',
    other:
      '{count} bleiben aus: Die Originale wurden nicht aufbewahrt, und diese Seite hat die Dateien nicht bekommen.',
  },
  'recheck-many-limit': 'Auf einmal werden nicht mehr als {count} Dateien erneut geprüft. Wählen Sie weniger aus.',
  'recheck-many-done': { one: '{count} Datei erneut geprüft.', other: '{count} Dateien erneut geprüft.' },
  'recheck-many-differ': {
    one: '{count} sagt jetzt etwas anderes.',
    other: '{count} sagen jetzt etwas anderes.',
  },
};
