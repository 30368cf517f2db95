import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';

/**
 * Reads a zip with another program than the one that made it.
 * @param {Buffer} zip
 * @returns {Promise<Map<string, Buffer>>} contents by names
 * @throws Error where it is damaged, or has a name twice
 */
export async function readZip(zip) {
  const file = await fromBufferPromise(zip);
  const files = new Map();
  for await (const entry of file.eachEntry()) {
    const { fileName } = entry;
    if (fileName.endsWith('/')) continue;
    if (files.has(fileName)) throw new Error(`${fileName} is twice in the zip`);
    const contents = await buffer(await file.openReadStreamPromise(entry));
    if (crc32(contents) !== entry.crc32) throw new Error(`${fileName} is damaged in the zip`);
    files.set(fileName, contents);
  }
  return files;
}
