import type { historyProvenance as Words } from '../en/history-provenance.ts';
import type { Translated } from '../message.ts';

/** Content Credentials and facts of a file, at length. */
export const historyProvenance: Translated<typeof Words> = {
  'history-show-credentials': 'Zeigen, was sie sagen',
  'interim-list-help': 'Für diesen Unterzeichner bürgt nur die ältere Übergangsliste, die nicht mehr fortgeführt wird.',
  issuer: 'Zertifikat von',
  'trust-list-of': '{name}, {date}',
  'source-trained': 'von einem trainierten Modell gemacht',
  'source-trained-parts': 'mit Teilen von einem trainierten Modell',
  'source-algorithm': 'von einem nicht trainierten Algorithmus gemacht',
  'source-camera': 'von einer Kamera aufgenommen',
  'source-art': 'von einem Menschen mit Software gezeichnet',
  'source-composite': 'aus mehreren Quellen zusammengesetzt',
  'source-screen': 'Bildschirmaufnahme',
  'ingredient-parent': 'frühere Fassung',
  'ingredient-component': 'Teil davon',
  'ingredient-input': 'Eingabe eines Modells oder Werkzeugs',
  'failure-codes': 'Codes für Fachleute',
  'checked-offline':
    'Auf diesem Computer ohne Netz geprüft: Ob ein Zertifikat seither widerrufen wurde, wird nicht gefragt.',
  'file-facts-help':
    'Was die Datei über sich selbst sagt. Jeder kann solche Einträge ändern; keiner davon geht in die Bewertung ein.',
  'facts-generator': 'Generator',
  'facts-software': 'Software',
  'facts-history': 'Verlauf',
  'facts-encoding': 'Kodierung',
  'facts-place': 'Ort',
  'facts-rights': 'Rechte',
  'facts-other': 'Sonstiges',
  'show-private': 'Ort und Seriennummern zeigen',
  'hide-private': 'Ort und Seriennummern verbergen',
  'private-help': 'Sie bleiben auf diesem Computer und stehen in keinem Export, außer Sie verlangen es.',
};
