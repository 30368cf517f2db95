import { describe, expect, it } from 'vitest';
import { areTwins, hiddenTwins } from './twins.ts';

const address = 'https://a.test/1.jpg';
const large = { address, box: { x: 0, y: 0, width: 700, height: 400 } };
const sharp = { address, box: { x: 200, y: 20, width: 300, height: 360 } };

describe('twins', () => {
  it('are the same file in the same place', () => {
    expect(areTwins(large, sharp)).toBe(true);
    expect(areTwins(large, { ...sharp, address: 'https://a.test/2.jpg' })).toBe(false);
    expect(areTwins(large, { address, box: { x: 650, y: 0, width: 300, height: 360 } })).toBe(false);
  });

  it('are never two pictures without an address', () => {
    expect(areTwins({ ...large, address: undefined }, { ...sharp, address: undefined })).toBe(false);
  });

  it('have their badge on the smaller one, which is the sharp one', () => {
    expect([...hiddenTwins([large, sharp], undefined)]).toEqual([large]);
  });

  it('have it on the first of equals', () => {
    const [first, second] = [{ ...large }, { ...large }];
    expect([...hiddenTwins([first, second], undefined)]).toEqual([second]);
  });

  it('have none beside the open card of one of them', () => {
    expect([...hiddenTwins([large, sharp], large)]).toEqual([sharp]);
  });
});
