import type { Messages } from '../message.ts';

/** The history page on a team's server. */
export const historyTeam = {
  'team-sign-in-title': 'Sign in to your team',
  'team-sign-in-passkey': 'Sign in with a passkey',
  'team-sign-in-provider': 'Sign in with {provider}',
  'team-join-title': 'Join the team',
  'team-join-text': 'You are invited as {role}. Choose how you will sign in.',
  'team-join-again': 'This invitation gives you a new way in. You stay who you are.',
  'team-join-name': 'Your name, as colleagues see it',
  'team-join-passkey': 'Join with a new passkey',
  'team-join-provider': 'Join with {provider}',
  'team-passkey-help': 'A passkey is kept by your device and opens with its lock: fingerprint, face or PIN.',
  'team-no-passkeys': 'This browser knows no passkeys. Open the address in a newer one.',
  'team-waiting': 'Waiting for your browser…',
  'role-reader': 'reader',
  'role-analyst': 'analyst',
  'role-admin': 'admin',
  'team-sign-out': 'Sign out',
  'team-sessions': 'Browsers in which you are signed in',
  'team-session-own': 'This browser',
  'team-session-unnamed': 'Unnamed browser',
  'team-session-end': 'Sign out there',
  'team-session-ended': 'That browser is signed out.',
  'team-not-here':
    'On a team’s server you cannot pair the extension or teach a pack yet. That works with Touchstone on your own computer.',
} as const satisfies Messages;
