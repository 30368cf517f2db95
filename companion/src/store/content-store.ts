/** Bytes that lie in a content store. */
export interface StoredContent {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface PutOptions {
  /** More than this is refused with `too-large`. */
  readonly limitBytes?: number | undefined;
  /** Aborting ends the writing with `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Is told the hash when all is written and nobody can read it yet; it becomes readable when this has returned. */
  readonly beforeVisible?: ((sha256: string) => Promise<void>) | undefined;
}

/** Bytes kept once by their SHA-256. It knows nothing of who needs them: see contents.ts. */
export interface ContentStore {
  /**
   * Writes bytes down, whole or not at all; they outlast a power cut when this returns.
   * @throws TouchstoneError `empty-file`, `too-large`, `disk-full`, `cancelled` (also when the stream breaks), `folder-unusable`
   */
  put(content: Uint8Array | AsyncIterable<Uint8Array>, options?: PutOptions): Promise<StoredContent>;
  /** @returns undefined where there are none, or where they are not what their name says any more */
  read(sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Size in bytes; undefined where there is nothing. */
  size(sha256: string): Promise<number | undefined>;
  /** Runs `work` with the path of a file that holds the bytes; it must only be read, and not after `work` has ended. */
  withFile<Result>(sha256: string, work: (path: string) => Promise<Result>): Promise<Result | undefined>;
  /** @returns whether there was something to remove */
  remove(sha256: string): Promise<boolean>;
  /** Hashes of everything there is, in any order. */
  list(): AsyncIterable<string>;
}
