import { describe, expect, it } from 'vitest';
import { areTwins, twinGroups } from './twins.ts';

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
    expect(twinGroups([large, sharp], undefined)).toEqual([[sharp, large]]);
  });

  it('have it on the first of equals', () => {
    const [first, second] = [{ ...large }, { ...large }];
    const [group] = twinGroups([first, second], undefined);
    expect(group?.[0]).toBe(first);
    expect(group?.[1]).toBe(second);
  });

  it('have none beside the open card of one of them', () => {
    expect(twinGroups([large, sharp], large)).toEqual([[large, sharp]]);
  });

  it('are grouped in the order of the page, and what has none is a group by itself', () => {
    const other = { ...large, address: 'https://a.test/2.jpg' };
    expect(twinGroups([large, other, sharp], undefined)).toEqual([[sharp, large], [other]]);
  });
});
