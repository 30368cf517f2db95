import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Reads an iterable in the context in which this was called, whoever asks for the next piece: what is sent is asked for by the
 * connection, which works in nobody's name.
 */
export function inThisContext<Item>(items: AsyncIterable<Item>): AsyncIterable<Item> {
  const within = AsyncLocalStorage.snapshot();
  return {
    [Symbol.asyncIterator]() {
      const reading = items[Symbol.asyncIterator]();
      return {
        next: () => within(() => reading.next()),
        return: (value) =>
          within(async () => (await reading.return?.(value)) ?? { done: true as const, value: undefined }),
      };
    },
  };
}
