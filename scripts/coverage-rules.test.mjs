import { expect, it } from 'vitest';
import { belowFloor, coverageOf, loweredFloors, raisedFloor } from './coverage-rules.mjs';

const lines = (covered, total) => ({ lines: { covered, total } });
const SUMMARY = {
  total: lines(9, 9),
  '/clone/companion/src/a.ts': lines(1, 4),
  '/clone/companion/src/b.ts': lines(3, 4),
  '/clone/companion/history/src/c.tsx': lines(9, 10),
  '/elsewhere/shared/src/d.ts': lines(0, 10),
};

it('counts each part by itself, a part within another too', () => {
  expect(Object.fromEntries(coverageOf(SUMMARY, '/clone'))).toEqual({ companion: 50, 'companion/history': 90 });
});

it('names a part that fell below its floor, and no other', () => {
  const measured = new Map([
    ['companion', 50],
    ['shared', 95],
  ]);
  expect(belowFloor(measured, { companion: 51, shared: 95.1 })).toEqual([
    'companion: 50 % of the lines are run by tests, 51 % were.',
  ]);
});

it('raises a floor and never lowers one', () => {
  const measured = new Map([
    ['companion', 60.57],
    ['shared', 90],
  ]);
  expect(raisedFloor(measured, { companion: 50, shared: 95 })).toEqual({ companion: 60.5, shared: 95 });
  expect(loweredFloors({ shared: 94 }, [{ shared: 90 }, { shared: 95 }])).toEqual([
    'shared: the floor was 95 %, it may only rise.',
  ]);
  expect(loweredFloors({ shared: 95, companion: 1 }, [{ shared: 95 }])).toEqual([]);
});
