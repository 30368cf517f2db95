import type { ContentStore, PutOptions, StoredContent } from './content-store.ts';

/** Content that stays where it is until it is let go, whoever stops needing it meanwhile. */
export interface HeldContent extends StoredContent {
  /** Lets it go: without a record or a job that needs it, it is removed. */
  release(): Promise<void>;
}

/** The content store with the knowledge of who needs what: content is gone with the last record or job that needs it. */
export interface Contents extends Pick<ContentStore, 'read' | 'size' | 'withFile'> {
  /**
   * Writes content down and holds it, so that it cannot go before a record or a job that needs it is written.
   * @throws TouchstoneError as `ContentStore.put`
   */
  hold(content: Uint8Array | AsyncIterable<Uint8Array>, options?: PutOptions): Promise<HeldContent>;
  /** Removes those of them that nobody needs any more. */
  forget(hashes: Iterable<string>): Promise<void>;
  /** Removes everything that nobody needs: what a process left that died between a deletion and its files. */
  sweep(): Promise<void>;
  /** Resolves when every removal that was begun is over. */
  settled(): Promise<void>;
}

/** @param isNeeded whether a record or an unfinished job points to a content */
export function createContents(
  store: ContentStore,
  isNeeded: (sha256: string) => boolean | Promise<boolean>,
): Contents {
  const holds = new Map<string, number>();
  const removing = new Map<string, Promise<unknown>>();
  const removals = new Set<Promise<void>>();

  async function removeUnneeded(sha256: string): Promise<void> {
    if (holds.has(sha256) || (await isNeeded(sha256)) || holds.has(sha256)) return;
    const removal = store.remove(sha256).finally(() => removing.delete(sha256));
    removing.set(sha256, removal);
    await removal;
  }

  function forget(hashes: Iterable<string>): Promise<void> {
    const known = new Set(hashes);
    const removal = (async () => {
      for (const sha256 of known) await removeUnneeded(sha256);
    })().finally(() => removals.delete(removal));
    removals.add(removal);
    return removal;
  }

  async function letGo(sha256: string): Promise<void> {
    const left = (holds.get(sha256) ?? 1) - 1;
    if (left > 0) {
      holds.set(sha256, left);
      return;
    }
    holds.delete(sha256);
    await forget([sha256]);
  }

  async function put(content: Parameters<ContentStore['put']>[0], options: PutOptions): Promise<StoredContent> {
    let held: string | undefined;
    try {
      return await store.put(content, {
        ...options,
        async beforeVisible(sha256) {
          holds.set(sha256, (holds.get(sha256) ?? 0) + 1);
          held = sha256;
          // The file that is being removed has the name that the new one will have.
          await removing.get(sha256)?.catch(() => undefined);
        },
      });
    } catch (error) {
      if (held !== undefined) await letGo(held);
      throw error;
    }
  }

  return {
    read: store.read,
    size: store.size,
    withFile: store.withFile,
    async hold(content, options = {}) {
      const stored = await put(content, options);
      let held = true;
      return {
        ...stored,
        async release() {
          if (held) {
            held = false;
            await letGo(stored.sha256);
          }
        },
      };
    },
    forget,
    async sweep() {
      const all: string[] = [];
      for await (const sha256 of store.list()) all.push(sha256);
      await forget(all);
    },
    async settled() {
      await Promise.allSettled(removals);
    },
  };
}
