import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { NEWER, PINNED, type Publisher, startPublisher } from '../../../../models/src/install/fixtures/publisher.ts';
import { temporaryFolder } from '../../gateway/fixtures/test-companion.ts';
import { updateFrom } from './models-update.ts';

let publisher: Publisher;
beforeEach(async () => {
  publisher = await startPublisher();
  vi.stubEnv('TOUCHSTONE_HOME', await temporaryFolder());
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await publisher.close();
});

/** @returns what was asked and what was written */
async function update(answer: boolean): Promise<{ questions: string[]; written: string }> {
  const questions: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => {
    process.exitCode = undefined;
  });
  await updateFrom({
    entries: [publisher.pinned()],
    agree: async (description) => {
      questions.push(description);
      return answer;
    },
  });
  const written = write.mock.calls.map(([text]) => String(text)).join('');
  write.mockRestore();
  return { questions, written };
}

describe('touchstone models update', () => {
  it('shows a newer model, installs it on a yes, and then there is none', async () => {
    const first = await update(true);
    expect(first.questions).toHaveLength(1);
    expect(first.questions[0]).toMatch(NEWER);
    expect(first.questions[0]).toMatch(String(publisher.told.sha256));
    expect(first.written).toContain(`models use sieve@${NEWER}`);
    const second = await update(true);
    expect(second).toEqual({ questions: [], written: expect.stringContaining('nothing newer') });
  });

  it('fetches no model on a no, nor an older one', async () => {
    await update(false);
    publisher.told.version = PINNED;
    await update(true);
    expect(publisher.asked.filter((one) => one.startsWith('GET'))).toEqual([
      'GET /manifest.json',
      'GET /manifest.json',
    ]);
  });
});
