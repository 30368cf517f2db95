/**
 * What a program looks like whose types are generated from `/v1/openapi.json`: compiled and run by a test, with `openapi.ts` beside it.
 * @param baseUrl of a companion
 * @param token with every scope
 * @returns what it was told
 */
import createClient from 'openapi-fetch';
import type { paths } from './openapi.ts';

export async function useClient(baseUrl: string, token: string) {
  const client = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });

  // A raw body: its bytes say what it is.
  const accepted = await client.POST('/v1/checks', {
    params: { query: { wait: '60', fileName: 'photo.jpg' } },
    body: 'picture',
    bodySerializer: (bytes) => bytes,
    headers: { 'content-type': 'application/octet-stream' },
  });
  const check = accepted.data?.checks[0];
  if (!check) throw new Error(accepted.error?.code);
  const state: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled' = check.state;

  const again = await client.GET('/v1/checks/{id}', { params: { path: { id: check.id } } });
  const verdict: 'fake' | 'real' | 'uncertain' | undefined = again.data?.record?.verdict.value;

  const page = await client.GET('/v1/records', {
    params: { query: { sort: '-probability', limit: '5', minProbability: '0', fields: 'verdict,at' } },
  });
  const records: readonly { id: string }[] = page.data?.records ?? [];
  const id = records[0]?.id ?? '';

  const labelled = await client.PATCH('/v1/records/{id}', { params: { path: { id } }, body: { label: 'fake' } });
  const label: 'fake' | 'real' | 'unsure' | null | undefined = labelled.data?.label;

  const missing = await client.GET('/v1/records/{id}', { params: { path: { id: 'unknown' } } });
  const problem: string | undefined = missing.error?.code;
  const removed = await client.DELETE('/v1/records/{id}', { params: { path: { id } } });

  return { state, verdict, records: records.length, label, problem, removed: removed.response.status };
}

/** What is wrong does not compile; never called. */
export async function misuseClient() {
  const client = createClient<paths>({ baseUrl: '' });
  // @ts-expect-error there is no such address
  await client.GET('/v1/nothing');
  // @ts-expect-error there is no such order
  await client.GET('/v1/records', { params: { query: { sort: 'size' } } });
  // @ts-expect-error a label is one of three words, or null
  await client.PATCH('/v1/records/{id}', { params: { path: { id: '' } }, body: { label: 'perhaps' } });
  // @ts-expect-error a format is needed
  await client.GET('/v1/records/export', { params: { query: {} } });
}
