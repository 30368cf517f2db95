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
    'Auf dem Server eines Teams können Sie die Erweiterung noch nicht koppeln und kein Modellpaket anlernen. Das geht mit Touchstone auf Ihrem eigenen Rechner.',
};
