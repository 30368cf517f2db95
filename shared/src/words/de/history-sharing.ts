import type { historySharing as Words } from '../en/history-sharing.ts';
import type { Translated } from '../message.ts';

/** Cases that people of a team share, what a role may, what the team keeps, and how its processes do. */
export const historySharing: Translated<typeof Words> = {
  'share-case': 'Fall teilen',
  'share-case-title': 'Den Fall {name} teilen',
  'share-case-text':
    'Wer den Fall sieht, öffnet seine Ergebnisse mit Bildern, Angaben und Notizen. Nur Sie löschen ihn oder wählen, wer ihn sieht. Nehmen Sie das zurück, ist er sofort nicht mehr zu sehen.',
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
  'record-view': 'Sie dürfen es ansehen. Angabe, Schlagwörter und Notiz ändert, wem es gehört.',
  'record-edit':
    'Sie dürfen angeben, was es ist, und dazu schreiben. Löschen und in andere Fälle legen kann es nur, wem es gehört.',
  'role-only-look':
    'Mit Ihrer Rolle dürfen Sie ansehen. Prüfen, Angaben machen, ablegen, löschen und Listen exportieren darf, wer Analystin oder Analyst ist; ein Admin kann Ihnen diese Rolle geben.',
  'team-settings': 'Was das Team aufbewahrt',
  'team-settings-help':
    'Das gilt für alle und auch für früher Geprüftes: Was zu alt ist, wird gelöscht, auch aus geteilten Fällen.',
  'team-pack-quick': 'Modellpaket für schnelle Prüfungen',
  'team-pack-thorough': 'Modellpaket für gründliche Prüfungen',
  'team-pack-default': 'Wie jeder Worker es vorzieht',
  'team-pack-gone': 'hat kein Worker',
  'team-pack-workers': { one: '{count} Worker', other: '{count} Worker' },
  'team-system-lead': 'Wie es den Workern und Warteschlangen dieses Teams geht.',
  'team-workers': 'Worker',
  'team-worker': 'Worker und Rechner',
  'team-server-version': 'Auf diesem Server läuft {version}.',
  'team-no-workers': 'Kein Worker läuft: Was gefragt wird, wartet, bis einer gestartet ist (touchstone worker).',
  'team-in-hand': 'In Arbeit',
  'team-packs': 'Modellpakete',
  'team-pack': 'Modellpaket',
  'team-queues': 'Was wartet',
  'team-no-queues': 'Nichts wartet, und nichts ist in Arbeit.',
  'team-oldest': 'Wartet am längsten',
  'team-unserved': 'Prüfungen warten auf ein Modellpaket, das kein Worker hat.',
  'filed-help-team':
    'Bleibt auf dem Server Ihres Teams beim Ergebnis, für alle, die es dort sehen. Der Bericht eines Falls enthält es.',
  'what-is-it-help-team': 'Ihre Antwort bleibt auf dem Server Ihres Teams, beim Ergebnis.',
  'delete-case-text-team':
    'Seine Notiz und seine Schlagwörter werden vom Server Ihres Teams entfernt, auch für alle, die ihn sehen. Seine Ergebnisse bleiben bei denen, die sie geprüft haben.',
  'shared-in-cases': 'Was andere mit Ihnen teilen, steht in den Fällen.',
  'delete-text-team': {
    one: 'Das Ergebnis, sein Bild und seine Angabe werden vom Server Ihres Teams entfernt, auch für alle, die es in einem Fall sehen.',
    other:
      'Die Ergebnisse, ihre Bilder und Angaben werden vom Server Ihres Teams entfernt, auch für alle, die sie in einem Fall sehen.',
  },
};
