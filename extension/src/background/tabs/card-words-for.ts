import { type CardWords, cardWords, type Language, textOf } from '@touchstone/shared/words';
import type { ConnectionPlace } from '../connection/connection-state.ts';

/** Errors that a page is told by the codes of this computer's companion, and what they are with a team's server. */
const ERRORS = {
  'companion-unreachable': 'team-unreachable',
  'shutting-down': 'team-unreachable',
  'not-paired': 'team-not-let-in',
} as const;

/**
 * The words of the content script, which knows nothing of machines: with a team's server its card says whose machines judge, and
 * nothing of this computer.
 */
export function cardWordsFor(language: Language, { team }: ConnectionPlace): CardWords {
  const words = cardWords(language);
  if (team === undefined) return words;
  const { host } = new URL(team);
  const text = (key: Parameters<typeof textOf>[1]) => textOf(language, key, { host });
  return {
    ...words,
    messages: {
      ...words.messages,
      'stage-waiting': text('stage-waiting-team'),
      'companion-absent': text('team-retry-heading'),
      'companion-start': text('team-away-step'),
      'video-waiting': text('team-retry-heading'),
      'judged-here': text('judged-by-team'),
    },
    ...(words.sentences && { sentences: { ...words.sentences, errors: errorsOfTeam(words.sentences.errors) } }),
  };
}

type Errors = NonNullable<CardWords['sentences']>['errors'];

/** English has no table: there an error brings its own words along. */
function errorsOfTeam(errors: Errors): Errors {
  const replaced = Object.entries(ERRORS).map(([code, ofTeam]) => [code, errors[ofTeam]] as const);
  return { ...errors, ...Object.fromEntries(replaced) };
}
