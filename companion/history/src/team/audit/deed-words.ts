import { type AuditEntry, type Colleague, DEEDS, type Deed, ROLES, type Role, SCOPES } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import type { I18n } from '../../i18n/i18n-context.tsx';

type Words = Pick<I18n, 't'>;

/** Characters of an id that are shown; the export has all of it. */
const SHOWN_ID = 12;

const WAYS = ['passkey', 'provider'] as const;

const deedOf = ({ deed }: AuditEntry): Deed | undefined => DEEDS.find((one) => one === deed);
const roleOf = (word: string | undefined): Role | undefined => ROLES.find((one) => one === word);

/** What was done; a deed of a newer server by its own word. */
export function deedText(entry: AuditEntry, { t }: Words): string {
  const deed = deedOf(entry);
  return deed ? t(`deed-${deed}`) : foreignText(entry.deed);
}

/** Who did it. */
export function whoText({ person }: AuditEntry, people: readonly Colleague[], { t }: Words): string {
  if (person === null) return t('command-line');
  const known = people.find(({ id }) => id === person);
  return known ? foreignText(known.name) : t('audit-gone');
}

/** To whom or what, and how; empty where there is nothing more to say. */
export function aboutText(entry: AuditEntry, people: readonly Colleague[], words: Words): string {
  const { t } = words;
  const detail = foreignText(entry.detail);
  const whom = (): string => foreignText(people.find(({ id }) => id === entry.target)?.name ?? '') || shortId(entry);
  switch (deedOf(entry)) {
    case 'signed-in': {
      const way = WAYS.find((one) => one === detail);
      return way ? t(`way-${way}`) : detail;
    }
    case 'invited':
    case 'invitation-withdrawn': {
      const [word, ...name] = detail.split(' ');
      const role = roleOf(word);
      return role ? t('audit-about', { name: name.join(' '), role: t(`role-${role}`) }) : detail;
    }
    case 'joined':
    case 'found-the-way-in': {
      const role = roleOf(detail);
      return role ? t(`role-${role}`) : detail;
    }
    case 'role-changed': {
      const [from, to] = detail.split(' ').map(roleOf);
      return from && to
        ? t('audit-role-from-to', { name: whom(), from: t(`role-${from}`), to: t(`role-${to}`) })
        : detail;
    }
    case 'kept-out':
    case 'let-in-again':
      return whom();
    case 'token-made':
      return scopesText(detail, words);
    case 'passkey-added':
    case 'passkey-removed':
    case 'browser-let-in':
    case 'name-changed':
    case 'settings-changed':
      return detail;
    default:
      return [shortId(entry), withNames(detail, people)].filter((part) => part !== '').join(' ');
  }
}

function scopesText(detail: string, { t }: Words): string {
  return detail
    .split(' ')
    .map((word) => {
      const scope = SCOPES.find((one) => one === word);
      return scope ? t(`scope-${scope}`) : word;
    })
    .join(' · ');
}

/** A detail with the names of those whose ids stand in it. */
const withNames = (detail: string, people: readonly Colleague[]): string =>
  detail
    .split(' ')
    .map((word) => foreignText(people.find(({ id }) => id === word)?.name ?? word))
    .join(' ');

function shortId({ target }: AuditEntry): string {
  const shown = foreignText(target);
  return shown.length > SHOWN_ID ? `${shown.slice(0, SHOWN_ID)}…` : shown;
}
