import { readFile } from 'node:fs/promises';

/** Bytes since the process started. */
export interface DiskIo {
  readonly read: number;
  readonly written: number;
}

/** What this process read from and wrote to disks; undefined where the system does not say. */
export async function ownDiskIo(): Promise<DiskIo | undefined> {
  if (process.platform !== 'linux') return undefined;
  const text = await readFile('/proc/self/io', 'latin1').catch(() => '');
  const field = (name: string): number | undefined => {
    const [, value] = new RegExp(`^${name}: (\\d+)$`, 'm').exec(text) ?? [];
    return value === undefined ? undefined : Number(value);
  };
  const [read, written] = [field('read_bytes'), field('write_bytes')];
  return read === undefined || written === undefined ? undefined : { read, written };
}
