import { describe, expect, it } from 'vitest';
import { knownFile, rememberFile, stillThere } from './known-files.ts';

const file = (name: string) => new File(['x'], name);

describe('files given to this page', () => {
  it('are known by their bytes until newer ones take their place', () => {
    const first = file('first.mp4');
    rememberFile('first', first);
    expect(knownFile('first')).toBe(first);
    for (let index = 0; index < 199; index++) rememberFile(`other-${index}`, file('other.mp4'));
    rememberFile('first', first);
    rememberFile('one-more', file('more.mp4'));
    expect(knownFile('first')).toBe(first);
    expect(knownFile('other-0')).toBeUndefined();
    expect(knownFile('never')).toBeUndefined();
  });

  it('are forgotten when they cannot be read any more', async () => {
    const gone = file('gone.mp4');
    rememberFile('gone', gone);
    await stillThere('gone', gone);
    gone.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('moved', 'NotReadableError')) }) as never;
    await expect(stillThere('gone', gone)).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(knownFile('gone')).toBeUndefined();
  });
});
