import type { historyViews as Words } from '../en/history-views.ts';
import type { Translated } from '../message.ts';

/** Heat map and expert views. */
export const historyViews: Translated<typeof Words> = {
  'heat-toggle': 'Zeigen, woher die Bewertung kommt',
  'heat-patches': 'Aus den Feldern von {pack} gelesen.',
  'heat-occlusion': {
    one: 'Gefunden, indem Teile des Bildes vor {pack} verdeckt wurden, in {count} weiteren Durchlauf.',
    other: 'Gefunden, indem Teile des Bildes vor {pack} verdeckt wurden, in {count} weiteren Durchläufen.',
  },
  'keep-originals-now': 'Originale ab jetzt aufbewahren',
  'keeping-originals': 'Die Originale weiterer Prüfungen werden aufbewahrt.',
  'heat-not-decisive': 'Das Urteil kam nicht vom Modell; die Karte zeigt nur, was das Modell sah.',
  'tab-result': 'Ergebnis',
  views: 'Fachansichten',
  'views-note': 'Für Menschen, die wissen, wonach sie suchen. Diese Ansichten gehen nie in die Bewertung ein.',
  'view-shows': 'Was sie zeigen kann',
  'view-hides': 'Was sie nicht zeigen kann',
  'view-loading': 'Die Ansicht wird berechnet …',
  'view-ela': 'Fehlerniveau',
  'view-ela-shows':
    'Wo sich das Bild am meisten ändert, wenn es noch einmal als JPEG gespeichert wird: Teile, die seltener gespeichert wurden, können hervortreten.',
  'view-ela-hides':
    'Kanten und kräftige Farben sind immer hell. Ein Bild, das als Ganzes gespeichert wurde, sieht gleichmäßig aus, ob bearbeitet oder nicht.',
  'view-noise': 'Rauschen',
  'view-noise-shows':
    'Das feine Korn, das ohne den Inhalt bleibt: Glatte Flächen oder wiederholte Muster lassen sich erkennen.',
  'view-noise-hides':
    'Auch Kompression, Größenänderung und Entrauschen verändern das Korn. Gleichmäßiges Korn sagt nichts über seine Herkunft.',
  'view-ghosts': 'JPEG-Geister',
  'view-ghosts-shows':
    'Teile, die früher in anderer JPEG-Qualität gespeichert waren als der Rest, können als dunklere Flecken erscheinen.',
  'view-ghosts-hides':
    'Setzt eine JPEG-Vorgeschichte voraus. Auch glatte Flächen sehen wie Geister aus, und einmal schlecht gespeichert sind sie weg.',
  'view-channels': 'Farbkanäle',
  'view-channels-shows':
    'Rot, Grün und Blau einzeln: Retuschen oder Farbfehler, die das ganze Bild verdeckt, lassen sich erkennen.',
  'view-channels-hides': 'Licht und Farbkorrektur machen die Kanäle in jedem Bild verschieden.',
  'view-histogram': 'Histogramm',
  'view-histogram-shows': 'Wie oft jede Helligkeit vorkommt: Lücken und Kämme stammen von starken Tonwertänderungen.',
  'view-histogram-hides': 'Es weiß nichts von Orten im Bild. Kameras und Telefone ändern die Tonwerte selbst.',
  'view-magnifier': 'Lupe',
  'view-magnifier-shows': 'Die Bildpunkte, wie sie sind, ohne Glättung: Schrift, Hände, Spiegelungen, Kanten.',
  'view-magnifier-hides':
    'Was von Nahem seltsam aussieht, ist oft Kompression. Gute Generatoren lassen nichts zu sehen übrig.',
  'magnifier-role': 'Lupe',
  'magnifier-place': '{x} von links, {y} von oben, {zoom}-fach vergrößert',
  'magnifier-keys': 'Pfeiltasten bewegen den Rahmen, + und − ändern die Vergrößerung.',
  'move-left': 'Nach links',
  'move-up': 'Nach oben',
  'move-down': 'Nach unten',
  'move-right': 'Nach rechts',
  'zoom-in': 'Größer',
  'zoom-out': 'Kleiner',
};
