import type { historySharing as Words } from '../en/history-sharing.ts';
import type { Translated } from '../message.ts';

/** Cases that people of a team share, and what a role may. */
export const historySharing: Translated<typeof Words> = {
  'share-case': 'Fall teilen',
  'share-case-title': 'Den Fall {name} teilen',
  'share-case-text':
    'Wer den Fall sieht, öffnet seine Ergebnisse mit Bildern, Einschätzungen und Notizen. Nur Sie löschen ihn oder wählen, wer ihn sieht. Nehmen Sie das zurück, ist er sofort nicht mehr zu sehen.',
  'share-everybody': 'Alle im Team',
  'share-people': 'Namentlich',
  'share-find': 'Person suchen',
  'share-none': 'Sieht ihn nicht',
  'share-view': 'Darf ansehen',
  'share-edit': 'Darf ansehen, hinzufügen und bearbeiten',
  'share-nobody-else': 'Im Team ist noch niemand sonst.',
  'share-saved': 'Der Fall ist geteilt, wie Sie gewählt haben.',
  'share-ended': 'Den Fall sehen jetzt nur Sie.',
  'case-shared': 'Geteilt',
  'case-shared-by': 'Geteilt von {name}',
  'case-view': 'Sie dürfen diesen Fall ansehen, nicht ändern.',
  'record-of': 'Dieses Ergebnis ist von {name}.',
  'record-view': 'Sie dürfen es ansehen. Einschätzung, Schlagwörter und Notiz ändert, wem es gehört.',
  'record-edit':
    'Sie dürfen es einschätzen und dazu schreiben. Löschen und in andere Fälle legen kann es nur, wem es gehört.',
  'role-only-look':
    'Mit Ihrer Rolle dürfen Sie ansehen. Zum Prüfen, Einschätzen, Ablegen, Löschen und Exportieren braucht es die Rolle Analystin oder Analyst, die ein Admin Ihnen geben kann.',
};
