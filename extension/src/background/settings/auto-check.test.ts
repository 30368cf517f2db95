import { ExtensionSettings } from '@touchstone/shared';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { checksAutomatically, switchSite } from './auto-check.ts';

const settings = (change: Partial<ExtensionSettings> = {}): ExtensionSettings => ({
  ...v.parse(ExtensionSettings, {}),
  ...change,
});
const HERE = { port: 47615 };
const page = 'https://news.test/article';

describe('checksAutomatically', () => {
  it('is off until a person turns it on', () => {
    expect(checksAutomatically(settings(), page, false, HERE)).toBe(false);
  });

  it('watches the chosen sites only', () => {
    const watched = settings({ autoCheck: 'watched', watchedSites: ['news.test'] });
    expect(checksAutomatically(watched, page, false, HERE)).toBe(true);
    expect(checksAutomatically(watched, 'https://sub.news.test/', false, HERE)).toBe(false);
  });

  it('leaves muted sites alone', () => {
    const everywhere = settings({ autoCheck: 'everywhere', mutedSites: ['news.test'] });
    expect(checksAutomatically(everywhere, page, false, HERE)).toBe(false);
    expect(checksAutomatically(everywhere, 'https://other.test/', false, HERE)).toBe(true);
  });

  it('never checks the history page, whose thumbnails would breed', () => {
    const everywhere = settings({ autoCheck: 'everywhere' });
    expect(checksAutomatically(everywhere, 'http://127.0.0.1:47615/history', false, HERE)).toBe(false);
    expect(checksAutomatically(everywhere, 'http://localhost:47615/', false, HERE)).toBe(false);
    expect(checksAutomatically(everywhere, 'http://localhost:3000/', false, HERE)).toBe(true);
  });

  it('leaves the page of the team’s server alone, and no other', () => {
    const everywhere = settings({ autoCheck: 'everywhere' });
    const team = { team: 'https://desk.example' };
    expect(checksAutomatically(everywhere, 'https://desk.example/?record=1', false, team)).toBe(false);
    expect(checksAutomatically(everywhere, 'https://desk.example:8443/', false, team)).toBe(true);
  });

  it('needs leave for private windows', () => {
    expect(checksAutomatically(settings({ autoCheck: 'everywhere' }), page, true, HERE)).toBe(false);
    expect(checksAutomatically(settings({ autoCheck: 'everywhere', allowPrivate: true }), page, true, HERE)).toBe(true);
  });
});

describe('switchSite', () => {
  it('turns watching on with the first site, without those of an earlier choice', () => {
    expect(switchSite(settings({ watchedSites: ['old.test'] }), 'news.test', true)).toEqual({
      autoCheck: 'watched',
      watchedSites: ['news.test'],
    });
  });

  it('adds and removes a watched site', () => {
    const watched = settings({ autoCheck: 'watched', watchedSites: ['a.test'] });
    expect(switchSite(watched, 'b.test', true)).toEqual({ autoCheck: 'watched', watchedSites: ['a.test', 'b.test'] });
    expect(switchSite(watched, 'a.test', false)).toEqual({ watchedSites: [] });
  });

  it('mutes and unmutes where everything is checked', () => {
    const everywhere = settings({ autoCheck: 'everywhere', mutedSites: ['a.test'] });
    expect(switchSite(everywhere, 'b.test', false)).toEqual({ mutedSites: ['a.test', 'b.test'] });
    expect(switchSite(everywhere, 'a.test', true)).toEqual({ mutedSites: [] });
  });
});
