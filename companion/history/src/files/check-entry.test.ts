import { TouchstoneError } from '@touchstone/shared';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { checkVideo } from '../api/check-video.ts';
import { checkFile } from '../api/companion.ts';
import { exampleRecord } from '../list/example-record.ts';
import { checkEntry } from './check-entry.ts';
import { knownFile } from './known-files.ts';

vi.mock('../api/check-video.ts', () => ({ checkVideo: vi.fn() }));
vi.mock('../api/companion.ts', () => ({ checkFile: vi.fn() }));
const [video, picture] = [vi.mocked(checkVideo), vi.mocked(checkFile)];
const record = exampleRecord();

beforeEach(() => {
  video.mockReset().mockResolvedValue(record);
  picture.mockReset().mockResolvedValue(record);
});

function run(bytes: string, kind: 'picture' | 'video') {
  const file = new File([bytes], 'file');
  const entry = { key: 1, name: 'file', kind, file, state: { status: 'waiting' } } as const;
  return { file, checking: checkEntry(entry, () => undefined, new AbortController().signal) };
}

describe('a local file', () => {
  it('goes the way of its kind, and is remembered, so that it can be checked again', async () => {
    const still = run('\x89PNG', 'picture');
    await still.checking;
    expect(knownFile(record.picture.sha256)).toBe(still.file);
    expect([picture.mock.calls.length, video.mock.calls.length]).toEqual([1, 0]);
    const { file, checking } = run('film', 'video');
    await checking;
    expect([picture.mock.calls.length, video.mock.calls.length]).toEqual([1, 1]);
    expect(knownFile(record.picture.sha256)).toBe(file);
  });

  it('that is a moving picture is checked over time, and as a picture where it stands still', async () => {
    await run('GIF89a', 'picture').checking;
    expect([picture.mock.calls.length, video.mock.calls.length]).toEqual([0, 1]);
    video.mockRejectedValueOnce(new TouchstoneError('video-unreadable'));
    await run('GIF89a', 'picture').checking;
    expect(picture).toHaveBeenCalledOnce();
  });

  it('fails with what is wrong with it', async () => {
    video.mockRejectedValue(new TouchstoneError('video-unreadable'));
    await expect(run('film', 'video').checking).rejects.toMatchObject({ code: 'video-unreadable' });
    video.mockRejectedValue(new TouchstoneError('busy'));
    await expect(run('GIF89a', 'picture').checking).rejects.toMatchObject({ code: 'busy' });
    expect(picture).not.toHaveBeenCalled();
  });
});
