import { statfs } from 'node:fs/promises';
import type { Disk } from '@touchstone/shared/api';

/** @param folder on the disk in question @throws the system's error where it is not there */
export async function diskOf(folder: string): Promise<Disk> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}
