import { describe, expect, it } from 'vitest';
import { card } from './en/card.ts';
import { datasetFaults } from './en/dataset-faults.ts';
import { extension } from './en/extension.ts';
import { history } from './en/history.ts';
import { historyActions } from './en/history-actions.ts';
import { historyCases } from './en/history-cases.ts';
import { historyPeople } from './en/history-people.ts';
import { historyProvenance } from './en/history-provenance.ts';
import { historyReport } from './en/history-report.ts';
import { historySharing } from './en/history-sharing.ts';
import { historySystem } from './en/history-system.ts';
import { historyTeach } from './en/history-teach.ts';
import { historyTeam } from './en/history-team.ts';
import { historyVideo } from './en/history-video.ts';
import { historyViews } from './en/history-views.ts';
import { en } from './en/index.ts';
import { pairing } from './en/pairing.ts';
import { provider } from './en/provider.ts';
import { report } from './en/report.ts';
import { CATALOGUES, LANGUAGES } from './languages.ts';
import type { Message, Messages } from './message.ts';

const forms = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message));
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
const english: Messages = en.messages;

const FILES: readonly Messages[] = [
  card,
  datasetFaults,
  extension,
  history,
  historyCases,
  historyPeople,
  historyProvenance,
  historyReport,
  historySharing,
  historySystem,
  historyTeach,
  historyTeam,
  historyVideo,
  historyActions,
  historyViews,
  pairing,
  provider,
  report,
];

describe('keys', () => {
  it('are written in one way', () => {
    expect(Object.keys(english).filter((key) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key))).toEqual([]);
  });

  it('stand in one file of the catalogue each', () => {
    const keys = FILES.flatMap((messages) => Object.keys(messages));
    expect(keys).toHaveLength(new Set(keys).size);
    expect(keys.sort()).toEqual(Object.keys(english).sort());
  });
});

/** The same English, and another meaning: a language may need another word, gender or case there. */
const HOMONYMS: Readonly<Record<string, string>> = {
  'badge-error/video-unchecked': 'of a picture; of a video',
  'video-ended/checked-at': 'a state; the name of a time',
  'path-canvas/report-paths-canvas': 'after "Taken from"; by itself',
  'face-head/kind-face': 'the head of a column; a kind of evidence',
  'history/facts-history': 'the page; what happened to a file',
  'stage-queue/file-waiting': 'the name of a stage; a state',
  'report-directions-ai/report-labels-fake/report-timeline-probability/scale-ai':
    'what evidence speaks for; a label; a column; an end of the scale',
};

describe('English', () => {
  it('says nothing twice, but where the meaning differs', () => {
    const keys = new Map<string, string[]>();
    for (const [key, message] of Object.entries(english)) {
      const text = JSON.stringify(message);
      keys.set(text, [...(keys.get(text) ?? []), key]);
    }
    const doubled = [...keys.values()].filter(({ length }) => length > 1).map((same) => same.sort().join('/'));
    const known = Object.keys(HOMONYMS).map((same) => same.split('/').sort().join('/'));
    expect(doubled.sort()).toEqual(known.sort());
  });
});

describe.each(LANGUAGES)('%s', (language) => {
  const { messages } = CATALOGUES[language];

  it('has every message and no other, and says something', () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort());
    expect(
      Object.values(messages)
        .flatMap(forms)
        .filter((form) => form.trim() === ''),
    ).toEqual([]);
  });

  it('names buttons by the words that stand on them', () => {
    const named = [
      ['no-session-extension', 'history'],
      ['next-second-model', 'check-again'],
      ['no-cases-text', 'add-to-case'],
    ] as const;
    for (const [text, button] of named) expect(messages[text]).toContain(messages[button]);
  });

  it('has a text for every plural category of its language', () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, message] of Object.entries(messages)) {
      expect(typeof message, key).toBe(typeof english[key]);
      if (typeof message === 'object') expect(Object.keys(message).sort(), key).toEqual([...categories].sort());
    }
  });

  it('fills the places that English fills, but a count may be said in words', () => {
    for (const [key, message] of Object.entries(messages)) {
      const expected = [...new Set(forms(english[key] ?? '').flatMap(places))].sort();
      for (const form of forms(message)) {
        const found = places(form);
        const inWords = typeof message === 'object' && !found.includes('count');
        expect([...found, ...(inWords ? ['count'] : [])].sort(), `${key}: ${form}`).toEqual(
          inWords ? [...new Set([...expected, 'count'])].sort() : expected,
        );
      }
    }
  });
});
