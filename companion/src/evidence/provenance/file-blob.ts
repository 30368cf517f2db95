import { closeSync, fstatSync, openSync } from 'node:fs';
import { type ByteSource, sourceOfFile } from '../../containers/byte-source.ts';

/** A file that stays open for reading. @throws the system's error when it cannot be opened */
export interface OpenFile extends ByteSource {
  close(): void;
}

export function openFile(path: string): OpenFile {
  const descriptor = openSync(path, 'r');
  return {
    ...sourceOfFile(descriptor, fstatSync(descriptor).size),
    close: () => closeSync(descriptor),
  };
}

/**
 * What the reader's module asks of a browser's Blob: length and slices. It takes large ones piece by piece, so a file
 * of any length is read without holding it in memory.
 */
export class FileBlob extends Blob {
  readonly #source: ByteSource;
  readonly #start: number;
  readonly #end: number;

  constructor(source: ByteSource, start = 0, end = source.size) {
    super([]);
    this.#source = source;
    this.#start = start;
    this.#end = end;
  }

  override get size(): number {
    return this.#end - this.#start;
  }

  override slice(start = 0, end = this.size): FileBlob {
    const clamp = (at: number): number => Math.min(this.#end, this.#start + Math.max(0, at));
    return new FileBlob(this.#source, clamp(start), clamp(end));
  }

  readSync(): ArrayBuffer {
    const bytes = this.#source.read(this.#start, this.size);
    return new Uint8Array(bytes).buffer;
  }
}

/** A browser's synchronous reader, which Node lacks; the module calls it for blobs. */
export class FileBlobReader {
  readAsArrayBuffer(blob: unknown): ArrayBuffer {
    if (!(blob instanceof FileBlob)) throw new TypeError('only a FileBlob can be read at once');
    return blob.readSync();
  }
}
