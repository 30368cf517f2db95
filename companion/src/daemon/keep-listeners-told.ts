import { checkView } from '../gateway/v1/check-view.ts';
import { tokenOfClient } from '../gateway/v1/client-of.ts';
import type { History } from '../store/record-store.ts';
import type { TokenStore } from '../tokens/token-store.ts';
import type { DeliveryRooms } from '../webhooks/deliver-messages.ts';
import { type Delivery, deliverMessages } from '../webhooks/deliver-messages.ts';

interface Rooms extends Pick<DeliveryRooms, 'webhooks' | 'ledger' | 'logger'> {
  readonly log: Pick<History, 'get'>;
  readonly tokens: Pick<TokenStore, 'list'>;
}

/** Tells listeners of the ends of checks, as long as their token holds, until `signal` aborts. */
export function keepListenersTold(rooms: Rooms, ownPort: () => number, signal: AbortSignal): Delivery {
  const { log, tokens } = rooms;
  return deliverMessages(
    {
      ...rooms,
      ownPort,
      async view(job) {
        const { record: _, ...check } = await checkView(job, log);
        return check;
      },
      mayHear(client) {
        const token = tokenOfClient(client);
        if (token === undefined) return true;
        const known = tokens.list().find(({ id }) => id === token);
        return known !== undefined && (known.expiresAt === null || known.expiresAt > Date.now());
      },
    },
    signal,
  );
}
