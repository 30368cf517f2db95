import { TouchstoneError, toErrorReport } from '@touchstone/shared';
import * as v from 'valibot';
import { type Browser, browser } from 'wxt/browser';
import type { AnswerEnvelope } from '../../messaging/answer-envelope.ts';
import { type Answers, Request } from '../../messaging/requests.ts';
import { mayRequest } from './senders.ts';

/** What the background does for each request. */
export type Handlers = {
  readonly [Type in Request['type']]: (request: Extract<Request, { type: Type }>) => Promise<Answers[Type]>;
};

async function answer(request: Request, handlers: Handlers): Promise<AnswerEnvelope> {
  try {
    // Each handler takes the request of its own type; the compiler cannot follow the lookup.
    const handle = handlers[request.type] as (request: Request) => Promise<unknown>;
    return { ok: true, answer: await handle(request) };
  } catch (error) {
    return { ok: false, error: toErrorReport(error) };
  }
}

/** Answers popup, options and pairing page. Messages that are no requests are left to other listeners. */
export function answerRequests(handlers: Handlers): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Browser.runtime.MessageSender) => {
    const parsed = v.safeParse(Request, message);
    if (!parsed.success) return undefined;
    if (!mayRequest(parsed.output, sender, browser.runtime.id, browser.runtime.getURL('')))
      return Promise.resolve({ ok: false, error: new TouchstoneError('unauthorized').toReport() });
    return answer(parsed.output, handlers);
  });
}
