import { TouchstoneError } from '@touchstone/shared';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startTestCompanion } from '../../gateway/fixtures/test-companion.ts';
import { welcome } from './welcome.ts';

const answers = new Map<string, unknown>([
  ['/api/pairing', { url: 'http://127.0.0.1:1/pair#CODE', code: 'CODE', expiresAt: Date.now() + 60_000 }],
  ['/api/browsers', []],
]);
vi.mock('../link/companion-link.ts', () => ({
  needCompanion: () => Promise.resolve({ call: ({ path }: { path: string }) => Promise.resolve(answers.get(path)) }),
}));

it('goes on to the pairing link when the sample cannot be checked, and says why', async () => {
  const { companion } = await startTestCompanion();
  const printed: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    const spy = vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    onTestFinished(() => spy.mockRestore());
  }
  const pipeline = { ...companion.pipeline, check: () => Promise.reject(new TouchstoneError('pack-invalid')) };
  const end = new AbortController();
  await welcome({ ...companion, pipeline }, false, end.signal);
  end.abort();
  const text = printed.join('');
  expect(text).toContain('Remove the pack and install it again.');
  expect(text).toContain('http://127.0.0.1:1/pair#CODE');
});
