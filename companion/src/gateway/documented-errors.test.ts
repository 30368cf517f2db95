import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES, type ErrorCode } from '@touchstone/shared';
import { ALL_ROUTES, errorsOf } from '@touchstone/shared/api';
import { describe, expect, it } from 'vitest';
import { httpStatusOf } from './http-status.ts';

const SOURCE = join(import.meta.dirname, '..');

/** Codes that the files below a room name, whether they throw them or read them off another process. */
function codesIn(room: string): ErrorCode[] {
  const files = readdirSync(join(SOURCE, room), { recursive: true, encoding: 'utf8' });
  // The video decoder's binaries are fetched for a person's command, and for no request.
  const sources = files.filter((name) => name.endsWith('.ts') && !/\.test\.|fixtures|^binaries/.test(name));
  const text = sources.map((name) => readFileSync(join(SOURCE, room, name), 'utf8')).join('\n');
  return ERROR_CODES.filter((code) => text.includes(`'${code}'`));
}

const documented = (address: string): readonly ErrorCode[] =>
  ALL_ROUTES.filter(({ path }) => path === address).flatMap((route) => errorsOf(route));

describe('what decoding refuses', () => {
  it.each([
    ['/api/check', ['intake', 'decode', 'picture-decoder']],
    ['/api/check-video', ['video-file']],
    ['/predict', ['intake', 'decode', 'picture-decoder']],
    ['/predict/video', ['video-file']],
  ])('is documented at %s', (address, rooms) => {
    const known = documented(address);
    expect(known).not.toEqual([]);
    expect(rooms.flatMap(codesIn).filter((code) => !known.includes(code))).toEqual([]);
  });

  it('is never the fault of the companion', () => {
    const refusals = ['intake', 'decode', 'picture-decoder', 'video-file'].flatMap(codesIn);
    const own: readonly ErrorCode[] = ['internal', 'video-decoder-missing', 'shutting-down', 'busy', 'disk-full'];
    expect(refusals.filter((code) => httpStatusOf(code) >= 500 && !own.includes(code))).toEqual([]);
  });
});
