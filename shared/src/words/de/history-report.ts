import type { historyReport as Words } from '../en/history-report.ts';
import type { Translated } from '../message.ts';

/** Reports, re-checks and proof of the log on the history page. */
export const historyReport: Translated<typeof Words> = {
  'export-evidence': 'Belege exportieren',
  'report-html': 'Bericht (HTML)',
  'report-pdf': 'Drucken oder als PDF speichern …',
  'print-hint': 'Der Bericht öffnet sich in einem eigenen Tab; wählen Sie dort „Als PDF speichern“.',
  'private-title': 'Privates weglassen?',
  'private-text':
    'Diese Datei weiß, wo sie entstand, oder kennt die Seriennummer eines Geräts. Wer den Bericht bekommt, könnte es lesen.',
  'private-include': 'Ort und Seriennummern aufnehmen',
  'verify-title': 'Lückenloser Verlauf',
  'verify-help':
    'Jedes Ergebnis trägt den Hash des vorigen. Die Prüfung findet Ergebnisse, die an Touchstone vorbei geändert oder entfernt wurden.',
  'noted-head': 'Früher notierter Hash (freiwillig)',
  'noted-head-invalid': 'Ein Hash hat 64 Zeichen, 0 bis 9 und a bis f.',
  'noted-head-found': 'Der notierte Hash steht im Verlauf.',
  'noted-head-missing': 'Der notierte Hash steht nicht im Verlauf: Er wurde gekürzt oder ersetzt.',
  verify: 'Verlauf prüfen',
  verifying: 'Wird geprüft …',
  'log-intact': 'Der Verlauf ist unversehrt.',
  'log-broken': 'Der Verlauf ist nicht unversehrt.',
  'log-damaged': 'Der Verlauf war beschädigt. Was übrig ist, ist unverändert.',
  'damage-lost': { one: '{count} Ergebnis verloren', other: '{count} Ergebnisse verloren' },
  'damage-uncounted': 'niemand weiß, wie viele Ergebnisse verloren sind',
  'damage-altered': {
    one: '{count} davon war nicht mehr, was geschrieben worden war',
    other: '{count} davon waren nicht mehr, was geschrieben worden war',
  },
  'damage-chained-anew': {
    one: '{count} ohne seinen Platz in der Kette gerettet',
    other: '{count} ohne ihren Platz in der Kette gerettet',
  },
  'log-held-back': {
    one: '{count} eben gelöscht, noch rückgängig zu machen',
    other: '{count} eben gelöscht, noch rückgängig zu machen',
  },
  'log-tombstones': { one: '{count} von Ihnen gelöscht', other: '{count} von Ihnen gelöscht' },
  'log-unchained': { one: '{count} aus der Zeit vor der Kette', other: '{count} aus der Zeit vor der Kette' },
  'log-head': 'Hash des neuesten Glieds',
  'log-head-help': 'Notieren Sie ihn anderswo: Damit zeigen Sie später, dass nichts abgeschnitten wurde.',
  'break-edited': 'Geändert:',
  'break-missing': 'Fehlt vor oder bei:',
  'break-reordered': 'Umgestellt:',
  'break-unreadable': 'Nicht lesbar:',
  'recheck-open': 'Erneut prüfen …',
  'recheck-open-file': 'Mit der Datei erneut prüfen …',
  'recheck-title': 'Mit einem anderen Paket prüfen',
  'recheck-text':
    'Das aufbewahrte Original wird noch einmal beurteilt. Das neue Ergebnis kommt in den Verlauf; dieses bleibt, wie es ist.',
  'recheck-video-text':
    'Videos werden nicht aufbewahrt. Wählen Sie die Datei noch einmal: Sie wird mit dem genannten Paket beurteilt, und beide Ergebnisse werden gezeigt.',
  'recheck-known-text':
    'Die Datei, die Sie dieser Seite gegeben haben, wird mit dem genannten Paket noch einmal beurteilt, und beide Ergebnisse werden gezeigt.',
  'recheck-recent-text':
    'Das Bild wurde vor wenigen Minuten geprüft und ist noch im Arbeitsspeicher: Es wird mit dem genannten Paket noch einmal beurteilt, und beide Ergebnisse werden gezeigt.',
  'recheck-gone-text':
    'Das Original wurde nicht aufbewahrt. Wählen Sie die Datei noch einmal: Sie wird mit dem genannten Paket beurteilt, und beide Ergebnisse werden gezeigt.',
  'recheck-choose': 'Datei wählen …',
  'recheck-done': 'Noch einmal geprüft.',
  'is-recheck': 'Dies ist die zweite Prüfung eines früheren Ergebnisses.',
  compare: 'Vergleichen',
  'compare-title': 'Zwei Ergebnisse nebeneinander',
  'compare-earlier': 'Damit vergleichen',
  'compare-first': 'Frühere Prüfung',
  'compare-second': 'Spätere Prüfung',
  'compare-other': 'Es ist nicht dieselbe Datei; schon deshalb können die Ergebnisse verschieden sein.',
  'verdict-differs': 'Die Urteile sind verschieden.',
  'verdict-same': 'Beide sagen dasselbe.',
  'points-same': 'Die Wahrscheinlichkeit ist gleich.',
  'points-shift': 'Die Wahrscheinlichkeit für KI änderte sich um {points} Prozentpunkte.',
  'only-here': 'nur hier',
  'open-this': 'Dieses Ergebnis öffnen',
  'seen-exact-on': 'Dieselbe Datei wurde schon geprüft, {date}, auf {site}: {verdict}.',
  'history-seen-similar-on': 'Ein fast gleiches Bild wurde schon geprüft, {date}, auf {site}: {verdict}.',
  'recheck-not-kept':
    'Das Original wurde nicht aufbewahrt. Wählen Sie zum erneuten Prüfen die Datei noch einmal, oder prüfen Sie das Bild dort, wo Sie es gesehen haben.',
};
