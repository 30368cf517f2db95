import type { WebhookEvent } from '@touchstone/shared/api';
import type { Logger } from 'pino';
import { Webhook as Signer } from 'standardwebhooks';
import { hasEnded, type Job } from '../jobs/job.ts';
import type { JobLedger } from '../jobs/job-ledger.ts';
import { type FindAddresses, findTarget } from './local-target.ts';
import { type Answer, sendMessage } from './send-message.ts';
import type { DueMessage, WebhookStore } from './webhook-store.ts';

/** Waits between the attempts at one message, in milliseconds: a listener that is started anew, and one that is mended by hand. */
export const RETRY_AFTER_MS: readonly number[] = [5_000, 30_000, 120_000, 600_000, 1_800_000, 7_200_000, 18_000_000];

/** Share by which each wait is longer at random, so that a listener that comes back is not met by all at once. */
const JITTER = 0.1;

/** Longest time between two looks, in milliseconds: the clock may have been set. */
const LOOK_EVERY_MS = 60_000;

/** Statuses with which a listener takes a message (RFC 9110, 15.3). */
const [FIRST_TAKEN, LAST_TAKEN] = [200, 299];

/** The listener is gone for good (Standard Webhooks; RFC 9110, 15.5.11). */
const GONE = 410;

export interface DeliveryRooms {
  readonly webhooks: WebhookStore;
  readonly ledger: JobLedger;
  readonly logger: Logger;
  /** The check of a job as programs see it, without its record. */
  readonly view: (job: Job) => Promise<WebhookEvent['data']>;
  /** Whether a client may still be told anything; one whose token has ended may not. */
  readonly mayHear: (client: string) => boolean;
  /** The port in use, to which nothing is sent. */
  readonly ownPort: () => number;
  readonly findAddresses?: FindAddresses | undefined;
  /** Waits between attempts, in milliseconds. */
  readonly retryAfterMs?: readonly number[] | undefined;
}

export interface Delivery {
  /** Resolves when nothing is under way any more. */
  close(): Promise<void>;
}

const EVENTS = { completed: 'check.completed', failed: 'check.failed', cancelled: 'check.cancelled' } as const;

async function eventOf(job: Job, view: DeliveryRooms['view']): Promise<WebhookEvent | undefined> {
  const { state } = job;
  if (state === 'pending' || state === 'processing') return undefined;
  return { type: EVENTS[state], timestamp: new Date(job.endedAt ?? 0).toISOString(), data: await view(job) };
}

/** Signs a message anew for every attempt: a listener refuses old ones. */
function headersOf({ id, webhook }: DueMessage, body: string, at: Date): Readonly<Record<string, string>> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Signer(webhook.secret).sign(id, at, body),
  };
}

/**
 * Delivers what listeners are to be told, at least once each, from what was left before: one message a listener at a time, so that a slow
 * or dead one keeps up no other. Until `signal` aborts.
 */
export function deliverMessages(rooms: DeliveryRooms, signal: AbortSignal): Delivery {
  const { webhooks, ledger, logger, retryAfterMs = RETRY_AFTER_MS } = rooms;
  const busy = new Set<string>();
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;

  async function attempt(message: DueMessage): Promise<Answer> {
    const job = await ledger.get(message.jobId);
    const event = job && (await eventOf(job, rooms.view));
    // It waits again, or was forgotten: there is nothing to tell.
    if (!event) return { failure: 'the check has not ended' };
    const body = JSON.stringify(event);
    try {
      const target = await findTarget(message.webhook.url, rooms.ownPort(), rooms.findAddresses);
      return await sendMessage(target, body, headersOf(message, body, new Date()), signal);
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  }

  async function deliver(message: DueMessage): Promise<void> {
    const answer = await attempt(message);
    // Ended in the middle: it is tried again after the next start, under the same id.
    if (signal.aborted && 'failure' in answer) return;
    const now = Date.now();
    if ('status' in answer && answer.status >= FIRST_TAKEN && answer.status <= LAST_TAKEN) {
      webhooks.delivered(message.id, now);
      return;
    }
    const failure = 'failure' in answer ? answer.failure : `answered ${answer.status}`;
    const wait = 'status' in answer && answer.status === GONE ? undefined : retryAfterMs[message.attempts];
    if (wait === undefined) {
      webhooks.giveUp(message.id, failure, now);
      logger.warn(
        { webhook: message.webhook.id, message: message.id, failure },
        'a message to a listener was given up',
      );
    } else {
      webhooks.failed(message.id, failure, now + Math.round(wait * (1 + Math.random() * JITTER)));
    }
  }

  function look(): void {
    if (signal.aborted) return;
    clearTimeout(timer);
    try {
      for (const message of webhooks.due(Date.now(), busy)) begin(message);
      const next = webhooks.nextDueAt(busy) ?? Number.POSITIVE_INFINITY;
      timer = setTimeout(look, Math.min(LOOK_EVERY_MS, Math.max(0, next - Date.now())));
    } catch (error) {
      logger.warn({ err: error }, 'messages to listeners could not be looked for');
      timer = setTimeout(look, LOOK_EVERY_MS);
    }
    timer.unref();
  }

  function begin(message: DueMessage): void {
    const { id, client } = message.webhook;
    if (!rooms.mayHear(client)) {
      webhooks.deleteOf(client);
      return;
    }
    busy.add(id);
    const work = deliver(message)
      .catch((error: unknown) => logger.warn({ err: error, webhook: id }, 'a message to a listener failed'))
      .finally(() => {
        busy.delete(id);
        running.delete(work);
        look();
      });
    running.add(work);
  }

  ledger.subscribe((job) => {
    // After the listeners of this very change: the message was written with it.
    if (hasEnded(job)) setImmediate(look);
  }, signal);
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  look();
  return {
    async close() {
      await Promise.allSettled(running);
    },
  };
}
