import type { historyTeam as Words } from '../en/history-team.ts';
import type { Translated } from '../message.ts';

/** The history page on a team's server. */
export const historyTeam: Translated<typeof Words> = {
  'team-sign-in-title': 'Bei Ihrem Team anmelden',
  'team-sign-in-passkey': 'Mit einem Passkey anmelden',
  'team-sign-in-provider': 'Mit {provider} anmelden',
  'team-join-title': 'Dem Team beitreten',
  'team-join-text': 'Sie sind eingeladen als {role}. Wählen Sie, wie Sie sich anmelden.',
  'team-join-again': 'Diese Einladung gibt Ihnen einen neuen Zugang. Sie bleiben, wer Sie sind.',
  'team-join-name': 'Ihr Name, wie Kolleginnen und Kollegen ihn sehen',
  'team-join-passkey': 'Mit einem neuen Passkey beitreten',
  'team-join-provider': 'Mit {provider} beitreten',
  'team-passkey-help':
    'Ein Passkey liegt auf Ihrem Gerät und öffnet sich mit dessen Sperre: Fingerabdruck, Gesicht oder PIN.',
  'team-no-passkeys': 'Dieser Browser kennt keine Passkeys. Öffnen Sie die Adresse in einem neueren.',
  'team-waiting': 'Der Browser ist an der Reihe …',
  'role-reader': 'Leserin oder Leser',
  'role-analyst': 'Analystin oder Analyst',
  'role-admin': 'Admin',
  'team-sign-out': 'Abmelden',
  'team-sessions': 'Browser, in denen Sie angemeldet sind',
  'team-session-own': 'Dieser Browser',
  'team-session-unnamed': 'Browser ohne Namen',
  'team-session-end': 'Dort abmelden',
  'team-session-ended': 'Dieser Browser ist abgemeldet.',
  'team-not-here':
    'Auf dem Server eines Teams können Sie noch kein Modellpaket anlernen. Das geht mit Touchstone auf Ihrem eigenen Rechner.',
  'let-in-title': 'Diesen Browser einlassen?',
  'let-in-text':
    'Die Touchstone-Erweiterung dieses Browsers möchte in Ihrem Namen, {name}, Bilder prüfen. Ihre Ergebnisse liegen hier in Ihrem Verlauf.',
  'let-in-careful': 'Drücken Sie nur, wenn Sie diese Adresse eben selbst in der Erweiterung eingegeben haben.',
  'let-in-button': 'Diesen Browser einlassen',
  'let-in-no': 'Jetzt nicht',
  'let-in-waiting': 'Die Erweiterung ist an der Reihe …',
  'let-in-late':
    'Die Erweiterung hat nicht geantwortet. Beginnen Sie noch einmal in ihren Optionen, wo Sie diese Adresse eingegeben haben.',
  'let-in-done-title': 'Dieser Browser ist eingelassen',
  'let-in-done': 'Die Erweiterung prüft von jetzt an hier. Unter „Ihr Konto“ können Sie das jederzeit beenden.',
  'let-in-failed-title': 'Dieser Browser wurde nicht eingelassen',
  'let-in-history': 'Zu Ihrem Verlauf',
  'no-browsers-team':
    'Kein Browser ist eingelassen. Geben Sie die Adresse dieses Servers in den Optionen der Erweiterung ein.',
};
