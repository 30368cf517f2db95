import { TouchstoneError } from '@touchstone/shared';
import type { ContentStore } from '../../store/content-store.ts';
import { openFolderContentStore } from '../../store/folder/folder-content-store.ts';
import { openS3ContentStore } from './s3-content-store.ts';

/** Region that stores without regions take. */
const ANY_REGION = 'us-east-1';

interface Around {
  /** Folder of this machine for what goes in or out as a file. */
  readonly scratch: string;
  /** Where the keys of an object store are. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Opens the content store that a team shares.
 * @param address an absolute folder that every process sees, or `https://host/bucket` with keys in AWS_ACCESS_KEY_ID and
 *   AWS_SECRET_ACCESS_KEY; `http://` on loopback alone
 * @throws TouchstoneError `folder-unusable` that says why
 */
export async function openContentAt(address: string, { scratch, environment }: Around): Promise<ContentStore> {
  if (!/^https?:\/\//.test(address)) return openFolderContentStore(address, { shared: true });
  const { protocol, hostname } = new URL(address);
  if (protocol === 'http:' && !['127.0.0.1', '[::1]', 'localhost'].includes(hostname)) {
    throw new TouchstoneError('folder-unusable', `${address}: pictures go over TLS to another machine; use https://`);
  }
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_REGION } = environment;
  if (!accessKeyId || !secretAccessKey) {
    throw new TouchstoneError('folder-unusable', 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set');
  }
  return openS3ContentStore({ address, region: AWS_REGION || ANY_REGION, accessKeyId, secretAccessKey }, scratch);
}
