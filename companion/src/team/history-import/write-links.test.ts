import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../gateway/fixtures/test-companion.ts';
import type { Contents } from '../../store/contents.ts';
import type { SourceLink } from './source-history.ts';
import { createLinkWriter } from './write-links.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

it('lets go of the originals that it holds where one cannot be copied', async () => {
  const folder = await temporaryFolder();
  const texts = ['first', 'second', 'third'];
  for (const text of texts) await writeFile(join(folder, hashOf(text)), text);
  const released: string[] = [];
  const contents: Pick<Contents, 'hold'> = {
    async hold(given) {
      let text = '';
      for await (const piece of given as AsyncIterable<Buffer>) text += piece.toString();
      if (text === 'third') throw new Error('no room for it');
      return {
        sha256: hashOf(text),
        bytes: text.length,
        release: async () => {
          released.push(text);
        },
      } as Awaited<ReturnType<Contents['hold']>>;
    },
  };
  const write = createLinkWriter({
    // Nothing gets so far.
    database: undefined as never,
    scope: { tenant: 'team', owner: 'ann' },
    contents: contents as Contents,
    source: { contentPath: (hash) => join(folder, hash) },
    identity: 'a source',
  });
  const links = texts.map((text) => ({ record: { content: hashOf(text) } }) as SourceLink);
  await expect(write(links)).rejects.toThrow('no room for it');
  expect(released).toEqual(['first', 'second']);
});
