import { createHash, randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { TouchstoneError } from '@touchstone/shared';
import { AwsClient } from 'aws4fetch';
import { XMLParser } from 'fast-xml-parser';
import * as v from 'valibot';
import type { ContentStore } from '../../store/content-store.ts';
import { isContentHash } from '../../store/folder/content-folder.ts';
import { writeContent } from '../../store/folder/write-content.ts';

/** Names of one page of a listing. */
const PAGE = 1_000;

/** Times that a request is repeated after an answer that says "later". */
const RETRIES = 5;

export interface S3Place {
  /** `https://host/bucket` or `https://host/bucket/prefix`; the bucket must be there. */
  readonly address: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const Entry = v.object({ Key: v.string() });
/** What a listing tells, as far as it is needed (ListObjectsV2). */
const Listing = v.object({
  ListBucketResult: v.object({
    Contents: v.optional(v.array(Entry), []),
    IsTruncated: v.optional(v.string()),
    NextContinuationToken: v.optional(v.string()),
  }),
});

const xml = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Contents' });

/**
 * A content store behind the S3 protocol, whoever speaks it: one object a content, named by its SHA-256, below a prefix.
 * @param scratch folder of this computer for what goes in or out as a file; made when missing
 */
export async function openS3ContentStore(place: S3Place, scratch: string): Promise<ContentStore> {
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const { origin, pathname } = new URL(place.address);
  const [bucket = '', ...folders] = pathname.split('/').filter(Boolean);
  if (bucket === '') throw new TouchstoneError('folder-unusable', `${place.address} names no bucket`);
  const prefix = folders.length === 0 ? '' : `${folders.join('/')}/`;
  const client = new AwsClient({ ...place, service: 's3', retries: RETRIES });
  const base = `${origin}/${bucket}`;

  function addressOf(sha256: string): string {
    if (!isContentHash(sha256)) throw new TypeError('not a hash of content');
    return `${base}/${prefix}${sha256.slice(0, 2)}/${sha256}`;
  }

  /** @param known statuses that are an answer and no failure */
  async function ask(address: string, init: RequestInit, known: readonly number[] = []): Promise<Response> {
    const answer = await client.fetch(address, init).catch((cause: unknown) => {
      throw new TouchstoneError('log-failed', `the content store does not answer: ${cause}`, { cause });
    });
    if (answer.ok || known.includes(answer.status)) return answer;
    const text = (await answer.text()).slice(0, 500);
    throw new TouchstoneError(
      answer.status === 507 ? 'disk-full' : 'log-failed',
      `the content store says ${answer.status}: ${text}`,
    );
  }

  async function drained(answer: Response): Promise<Response> {
    await answer.body?.cancel();
    return answer;
  }

  const NOT_FOUND = 404;

  async function size(sha256: string): Promise<number | undefined> {
    const answer = await ask(addressOf(sha256), { method: 'HEAD' }, [NOT_FOUND]);
    return answer.ok ? Number(answer.headers.get('content-length') ?? 0) : undefined;
  }

  async function page(token: string | undefined): Promise<{ names: string[]; next: string | undefined }> {
    const query = new URLSearchParams({ 'list-type': '2', 'max-keys': String(PAGE), prefix });
    if (token !== undefined) query.set('continuation-token', token);
    const answer = await ask(`${base}?${query}`, { method: 'GET' });
    const read = v.safeParse(Listing, xml.parse(await answer.text()));
    if (!read.success) throw new TouchstoneError('log-failed', 'the content store gave a listing that cannot be read');
    const { Contents, IsTruncated, NextContinuationToken } = read.output.ListBucketResult;
    const names = Contents.map(({ Key }) => Key.split('/').at(-1) ?? '').filter(isContentHash);
    return { names, next: IsTruncated === 'true' ? NextContinuationToken : undefined };
  }

  return {
    async put(content, options = {}) {
      const temporary = join(scratch, randomUUID());
      try {
        const stored = await writeContent(temporary, content, options);
        await options.beforeVisible?.(stored.sha256);
        // The server refuses bytes that do not have this hash.
        const headers = { 'x-amz-content-sha256': stored.sha256, 'content-type': 'application/octet-stream' };
        await drained(
          await ask(addressOf(stored.sha256), { method: 'PUT', headers, body: await openAsBlob(temporary) }),
        );
        return stored;
      } finally {
        await rm(temporary, { force: true });
      }
    },
    async read(sha256) {
      const answer = await ask(addressOf(sha256), { method: 'GET' }, [NOT_FOUND]);
      if (!answer.ok) return undefined;
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : undefined;
    },
    size,
    async withFile(sha256, work) {
      const answer = await ask(addressOf(sha256), { method: 'GET' }, [NOT_FOUND]);
      if (!answer.ok || !answer.body) return undefined;
      const temporary = join(scratch, randomUUID());
      try {
        const stored = await writeContent(temporary, Readable.fromWeb(answer.body as never), {});
        return stored.sha256 === sha256 ? await work(temporary) : undefined;
      } finally {
        await rm(temporary, { force: true });
      }
    },
    async remove(sha256) {
      if ((await size(sha256)) === undefined) return false;
      await drained(await ask(addressOf(sha256), { method: 'DELETE' }, [NOT_FOUND]));
      return true;
    },
    async *list() {
      let token: string | undefined;
      do {
        const { names, next } = await page(token);
        yield* names;
        token = next;
      } while (token !== undefined);
    },
  };
}
