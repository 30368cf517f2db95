import type { datasetFaults as Words } from '../en/dataset-faults.ts';
import type { Translated } from '../message.ts';

/** What is wrong with pictures that are given to be taught from, and what to do. */
export const datasetFaults: Translated<typeof Words> = {
  'fault-csv-columns': 'Die erste Zeile der CSV-Datei muss die Spalten „path“ und „label“ nennen.',
  'fault-csv-form':
    'Zeile {line} der CSV-Datei ist nicht lesbar: Sie hat mehr oder weniger Spalten als die erste, oder ein Anführungszeichen endet nie.',
  'fault-csv-label': 'Zeile {line} der CSV-Datei: Die Kennzeichnung ist weder ai, fake, 1, real noch 0.',
  'fault-csv-path': 'Zeile {line} der CSV-Datei nennt kein Bild.',
  'fault-csv-split': 'Zeile {line} der CSV-Datei: Als Teil gibt es nur train und test.',
  'fault-csv-picture': 'Zeile {line} der CSV-Datei: Dieses Bild kam nicht mit: {file}',
  'fault-csv-size': 'Die CSV-Datei ist größer als 16 MB.',
  'fault-no-ai': 'Kein Bild ist KI genannt.',
  'fault-no-real': 'Kein Bild ist echt genannt.',
  'fault-unread-ai': 'Keines der Bilder, die KI genannt sind, ist lesbar.',
  'fault-unread-real': 'Keines der Bilder, die echt genannt sind, ist lesbar.',
  'fault-too-many': 'Es sind mehr als {count} Bilder.',
  'fault-too-deep': 'Mehr als {count} Ordner liegen ineinander: {file}',
  'fault-zip-form': 'Die Datei ist abgeschnitten oder keine ZIP-Datei.',
  'fault-zip-entry': 'Die ZIP-Datei ist beschädigt, oder ein Name in ihr führt aus ihr heraus.',
  'fault-zip-link': 'In der ZIP-Datei liegt eine Verknüpfung: {file}',
  'fault-zip-password': 'Die ZIP-Datei ist verschlüsselt: {file}',
  'fault-zip-ratio': 'Eine Datei der ZIP-Datei wird beim Entpacken mehr als {count}-mal so groß: {file}',
  'fault-zip-picture': 'Eine Datei der ZIP-Datei lässt sich nicht entpacken: {file}',
  'fault-zip-picture-size': 'Ein Bild in der ZIP-Datei ist größer als 64 MB: {file}',
  'fault-zip-entries': 'Die ZIP-Datei hat mehr als {count} Einträge.',
  'fault-zip-size': 'Entpackt ist die ZIP-Datei größer als 2 GB.',
  'fault-working': 'Diese Bilder werden noch angesehen.',
  'fault-not-looked-at': 'Diese Bilder wurden nicht bis zum Ende angesehen.',
  'fault-step-csv': 'Berichtigen Sie die CSV-Datei und geben Sie sie noch einmal; behalten wurde nichts davon.',
  'fault-step-zip':
    'Machen Sie die ZIP-Datei neu aus einem einfachen Ordner, ohne Verknüpfungen und Passwort; von dieser wurde nichts behalten.',
  'fault-step-fewer': 'Geben Sie weniger Bilder auf einmal.',
  'fault-step-readable': 'Sehen Sie nach den Namen der nicht lesbaren und geben Sie andere Kopien davon.',
  'fault-step-wait': 'Warten Sie, bis das zu Ende ist, und versuchen Sie es dann noch einmal.',
  'fault-step-again': 'Geben Sie die Bilder noch einmal.',
};
