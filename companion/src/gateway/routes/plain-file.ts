import { lstat, realpath } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether `name` is a file in `folder`: no folder, no device, and neither itself nor anything on the way to it a link. */
export async function isPlainFile(folder: string, name: string): Promise<boolean> {
  const path = join(folder, name);
  try {
    const [root, real, entry] = await Promise.all([realpath(folder), realpath(path), lstat(path)]);
    return entry.isFile() && real === join(root, name);
  } catch {
    return false;
  }
}
