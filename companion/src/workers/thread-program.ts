import { parentPort, workerData } from 'node:worker_threads';
import { beginWork, endWork } from './thread-activity.ts';
import type { FromThread, ThreadStart, ToThread } from './thread-messages.ts';

// Whoever supervises this thread has started it with these.
const { activity, data } = workerData as ThreadStart;

/** What the supervisor gave this thread at its start. */
export const threadData = data;

/**
 * The other side of a supervised thread: answers one question after the other, and ends itself when it is told to, between
 * two of them. Called once, at the end of the thread's program.
 * @param answer what it throws ends the thread; its signal aborts when the thread has been told to end
 */
export function answerQuestions<Question, Answer>(
  answer: (question: Question, ending: AbortSignal) => Promise<Answer>,
): void {
  const port = parentPort;
  if (!port) throw new Error('must run as a thread');
  const say = (message: FromThread<Answer>): void => port.postMessage(message);
  const ending = new AbortController();
  let tail: Promise<void> = Promise.resolve();

  async function handle(message: ToThread<Question>): Promise<void> {
    // The process is ending: between here and its end nothing native may begin.
    if (message.type === 'end') process.exit();
    if (ending.signal.aborted || !beginWork(activity)) return;
    try {
      const given = await answer(message.question, ending.signal);
      if (message.type === 'ask') say({ type: 'answer', id: message.id, answer: given });
    } finally {
      endWork(activity);
    }
  }

  port.on('message', (message: ToThread<Question>) => {
    if (message.type === 'end') ending.abort();
    tail = tail.then(() => handle(message));
  });
  endWork(activity);
  say({ type: 'ready' });
}
