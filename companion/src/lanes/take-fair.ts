/**
 * Removes and returns the entry whose turn it is: the oldest of the client that was served longest ago (never served
 * counts as longest), so that 500 pictures of one client do not hold up a single one of another.
 * @param served clients in the order in which they were last served, oldest first; updated here
 */
export function takeFair<T extends { readonly client: string }>(queue: T[], served: Set<string>): T | undefined {
  const present = new Map<string, number>();
  for (const [index, entry] of queue.entries()) if (!present.has(entry.client)) present.set(entry.client, index);
  if (present.size === 0) return undefined;
  const never = [...present.keys()].find((client) => !served.has(client));
  const client = never ?? [...served].find((known) => present.has(known)) ?? '';
  for (const known of served) if (!present.has(known)) served.delete(known);
  served.delete(client);
  served.add(client);
  return queue.splice(present.get(client) ?? 0, 1)[0];
}
