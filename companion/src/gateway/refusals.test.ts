import { errorReport } from '@touchstone/shared';
import { CSRF_HEADER } from '@touchstone/shared/api';
import { expect, it } from 'vitest';
import { startTestCompanion } from './fixtures/test-companion.ts';

it('an address that does not exist is told as such, to those who may ask', async () => {
  const { control } = await startTestCompanion();
  for (const answer of [await control('/api/nothing'), await control('/nothing'), await control('/assets/nothing')]) {
    expect(answer.status).toBe(404);
    expect(answer.json()).toEqual(errorReport('unknown-address'));
  }
});

it('a program without the right token is told how to send it', async () => {
  const { request } = await startTestCompanion();
  for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
    for (const path of ['/api/status', '/api/nothing', '/nothing', '/assets/nothing']) {
      const answer = await request(path, { headers });
      expect(answer.status).toBe(401);
      expect(answer.json()).toEqual(errorReport('token-wrong'));
    }
  }
});

it('a page without a session is told to get one', async () => {
  const { request } = await startTestCompanion();
  for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { cookie: 'other=1', [CSRF_HEADER]: 'x' }]) {
    const answer = await request('/api/status', { headers });
    expect(answer.status).toBe(401);
    expect(answer.json()).toEqual(errorReport('unauthorized'));
  }
});

it('another name for this computer is refused with an error that programs can read', async () => {
  const { request } = await startTestCompanion();
  const answer = await request('/api/status', { headers: { host: 'evil.example' } });
  expect(answer.status).toBe(421);
  expect(answer.json()).toEqual(errorReport('wrong-host'));
});
