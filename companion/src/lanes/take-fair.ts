/**
 * The client whose turn it is: one that was never served, else the one served longest ago, so that 500 pictures of one client do not
 * hold up a single one of another.
 * @param waiting clients with work, in the order of their oldest
 * @param served clients in the order in which they were last served, oldest first; updated here
 */
export function nextClient(waiting: ReadonlySet<string>, served: Set<string>): string | undefined {
  for (const known of served) if (!waiting.has(known)) served.delete(known);
  const client = [...waiting].find((one) => !served.has(one)) ?? [...served][0];
  if (client === undefined) return undefined;
  served.delete(client);
  served.add(client);
  return client;
}

/**
 * Removes and returns the oldest entry of the client whose turn it is (`nextClient`).
 * @param served as `nextClient` keeps it
 */
export function takeFair<T extends { readonly client: string }>(queue: T[], served: Set<string>): T | undefined {
  const client = nextClient(new Set(queue.map((entry) => entry.client)), served);
  if (client === undefined) return undefined;
  const index = queue.findIndex((entry) => entry.client === client);
  return queue.splice(index, 1)[0];
}

/** The same of the newest entry of the client whose turn it is. */
export function takeNewestFair<T extends { readonly client: string }>(queue: T[], served: Set<string>): T | undefined {
  const client = nextClient(new Set(queue.map((entry) => entry.client)), served);
  if (client === undefined) return undefined;
  const index = queue.findLastIndex((entry) => entry.client === client);
  return queue.splice(index, 1)[0];
}

/** Entries, in their order, of the clients that have the most of them. */
export function crowded<T extends { readonly client: string }>(queue: readonly T[]): T[] {
  const byClient = Map.groupBy(queue, ({ client }) => client);
  const most = Math.max(...[...byClient.values()].map(({ length }) => length));
  return queue.filter(({ client }) => byClient.get(client)?.length === most);
}
