import { CompanionSettings } from '@touchstone/shared';
import { createClient } from '@touchstone/shared/api';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { ControlUpload } from '../../daemon/control-client.ts';
import { canAnswer, type OfferParts, offerOnce } from './offer-pack.ts';

function parts(answer: boolean | undefined, { installs = true, installed = false } = {}) {
  let settings = v.parse(CompanionSettings, {});
  const said: string[] = [];
  const given: OfferParts = {
    link: createClient<ControlUpload>(
      async (_address, { method, body }) => {
        if (method === 'PATCH') settings = v.parse(CompanionSettings, { ...settings, ...JSON.parse(String(body)) });
        return Response.json(settings);
      },
      { isUpload: (body): body is ControlUpload => body instanceof Uint8Array, misread: 'bad-message' },
    ),
    isInstalled: async () => installed,
    ask: async ({ name, licence, bytes }) => {
      said.push(`ask ${name} ${licence} ${bytes > 0}`);
      return answer;
    },
    install: async (name) => {
      said.push(`install ${name}`);
      return installs;
    },
  };
  return { given, said, settings: () => settings };
}

describe('the recommended pack', () => {
  it('is offered once, and a no is remembered', async () => {
    const { given, said, settings } = parts(false);
    await offerOnce(given);
    await offerOnce(given);
    expect(said).toEqual(['ask sieve MIT true']);
    expect(settings()).toMatchObject({ offeredPacks: ['sieve'], thoroughPack: null });
  });

  it('is installed and chosen after a yes', async () => {
    const { given, said, settings } = parts(true);
    await offerOnce(given);
    expect(said).toEqual(['ask sieve MIT true', 'install sieve']);
    expect(settings()).toMatchObject({ offeredPacks: ['sieve'], thoroughPack: 'sieve' });
  });

  it('is not chosen when its download was broken off', async () => {
    const { given, settings } = parts(true, { installs: false });
    await offerOnce(given);
    expect(settings()).toMatchObject({ offeredPacks: ['sieve'], thoroughPack: null });
  });

  it('is offered again when nobody had the time to answer, and never when it is there', async () => {
    const stopped = parts(undefined);
    await offerOnce(stopped.given);
    await offerOnce(stopped.given);
    expect(stopped.said).toHaveLength(2);
    const there = parts(true, { installed: true });
    await offerOnce(there.given);
    expect(there.said).toEqual([]);
  });
});

it.each([
  [{}, [true, true], true],
  [{ CI: '1' }, [true, true], false],
  [{}, [true, false], false],
  [{}, [undefined, true], false],
])('can be answered with %j and terminals %j: %s', (environment, terminals, expected) => {
  const streams = terminals.map((isTTY) => (isTTY === undefined ? {} : { isTTY }));
  expect(canAnswer(environment, streams)).toBe(expected);
});
