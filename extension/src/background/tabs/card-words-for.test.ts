import { cardWords, LANGUAGES, textOf } from '@touchstone/shared/words';
import { expect, it } from 'vitest';
import { cardWordsFor } from './card-words-for.ts';

const TEAM = { team: 'https://desk.example:8443' };

it.each(LANGUAGES)('are those of the catalogue with this computer (%s)', (language) => {
  expect(cardWordsFor(language, { port: 47615 })).toEqual(cardWords(language));
  expect(cardWordsFor(language, {})).toEqual(cardWords(language));
});

it.each(LANGUAGES)('say whose machines judge with a team’s server, and lack nothing (%s)', (language) => {
  const [own, ofTeam] = [cardWords(language), cardWordsFor(language, TEAM)];
  expect(Object.keys(ofTeam.messages).toSorted()).toEqual(Object.keys(own.messages).toSorted());
  expect(ofTeam.messages['judged-here']).toContain('desk.example:8443');
  // What is shared of a result says nothing of the team.
  expect(ofTeam.messages['never-proof']).toBe(own.messages['never-proof']);
  expect(ofTeam.messages['stage-waiting']).toBe(textOf(language, 'stage-waiting-team'));
  // Every table that the card reads is there, or none is: English brings its own words.
  expect(Object.keys(ofTeam.sentences ?? {}).toSorted()).toEqual(Object.keys(own.sentences ?? {}).toSorted());
  expect(ofTeam.sentences?.errors['companion-unreachable']).toEqual(own.sentences?.errors['team-unreachable']);
  for (const message of Object.values(ofTeam.messages)) expect(message).not.toMatch(/\{host\}/);
});
