import { describe, expect, it } from 'vitest';
import { countFlips, flipOf } from './count-flips.ts';

const likelyAi = { value: 'fake' } as const;
const leansAi = { value: 'uncertain', leaning: 'ai' } as const;
const unclear = { value: 'uncertain', leaning: 'none' } as const;
const leansAuthentic = { value: 'uncertain', leaning: 'authentic' } as const;
const likelyAuthentic = { value: 'real' } as const;

describe('an answer', () => {
  it.each([
    [likelyAi, likelyAi, undefined],
    [likelyAi, likelyAuthentic, 'side'],
    [leansAi, leansAuthentic, 'side'],
    [leansAuthentic, likelyAi, 'side'],
    [likelyAi, leansAi, 'verdict'],
    [unclear, likelyAuthentic, 'verdict'],
    [unclear, leansAi, 'word'],
    [leansAuthentic, unclear, 'word'],
  ])('is as far from its badge as it is: %j, %j', (badge, answer, flip) => {
    expect(flipOf({ badge, answer })).toBe(flip);
  });
});

it('flips are counted, and of badges that decided the ones that were taken back', () => {
  const pairs = [
    { badge: likelyAi, answer: likelyAi },
    { badge: likelyAi, answer: leansAi },
    { badge: likelyAuthentic, answer: leansAi },
    { badge: unclear, answer: leansAi },
    { badge: leansAi, answer: likelyAi },
  ];
  expect(countFlips(pairs)).toEqual({ pictures: 5, side: 1, verdict: 2, word: 1, decided: 3, takenBack: 2 });
});
