import type { historyCases as Words } from '../en/history-cases.ts';
import type { Translated } from '../message.ts';

/** Cases, tags and notes on the history page. */
export const historyCases: Translated<typeof Words> = {
  cases: 'Fälle',
  case: 'Fall',
  'cases-lead':
    'Mappen mit Namen für das, was zusammengehört, etwa alle Bilder einer Geschichte. Ein Ergebnis kann in mehreren Fällen liegen.',
  'new-case': 'Neuer Fall',
  'case-name': 'Name',
  note: 'Notiz',
  tags: 'Schlagwörter',
  'add-tag': 'Schlagwort hinzufügen',
  'add-tag-help': 'Eingabetaste oder Komma fügt es hinzu.',
  'tag-invalid': 'Ein Schlagwort hat höchstens {count} Zeichen.',
  'tags-full': 'Es sind schon {count} Schlagwörter.',
  'remove-tag': 'Schlagwort {tag} entfernen',
  'no-tags': 'Keine Schlagwörter',
  'make-case': 'Fall anlegen',
  'edit-case': 'Fall bearbeiten',
  'case-made': 'Der Fall {name} ist angelegt.',
  'case-saved': 'Der Fall ist gespeichert.',
  'delete-case': 'Fall löschen',
  'delete-case-title': 'Den Fall {name} löschen?',
  'delete-case-text':
    'Seine Notiz und seine Schlagwörter werden von diesem Computer entfernt. Seine Ergebnisse bleiben im Verlauf.',
  'case-deleted': 'Der Fall ist gelöscht. Seine Ergebnisse sind weiter im Verlauf.',
  'no-cases': 'Es gibt noch keine Fälle',
  'no-cases-text':
    'Legen Sie hier einen an, oder wählen Sie im Verlauf Ergebnisse aus und drücken Sie „Zu Fall hinzufügen“.',
  'find-case': 'Fall suchen',
  'show-case': 'Ergebnisse des Falls zeigen',
  'case-report': 'Bericht',
  'case-changed': 'geändert {date}',
  'case-gone': 'Diesen Fall gibt es nicht mehr.',
  'add-to-case': 'Zu Fall hinzufügen',
  'add-to-case-title': 'Zu welchem Fall hinzufügen?',
  'add-to-new-case': 'Zu einem neuen Fall',
  'added-to-case': {
    one: '{count} Ergebnis zu {name} hinzugefügt.',
    other: '{count} Ergebnisse zu {name} hinzugefügt.',
  },
  'already-in-case': 'Schon in {name}.',
  'take-from-case': 'Aus dem Fall nehmen',
  'taken-from-case': {
    one: '{count} Ergebnis aus dem Fall genommen. Es bleibt im Verlauf.',
    other: '{count} Ergebnisse aus dem Fall genommen. Sie bleiben im Verlauf.',
  },
  'take-from': 'Aus {name} nehmen',
  'filed-title': 'Fälle, Schlagwörter und Notiz',
  'filed-help': 'Bleibt auf diesem Computer, beim Ergebnis. Der Bericht eines Falls enthält es.',
  'in-no-case': 'In keinem Fall',
  'save-note': 'Notiz speichern',
  'note-saved': 'Ihre Notiz ist gespeichert.',
  'tags-saved': 'Ihre Schlagwörter sind gespeichert.',
  'any-case': 'Alle Fälle',
};
