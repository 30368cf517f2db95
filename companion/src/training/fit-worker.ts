import { teach } from '@touchstone/models/learning';
import { answerQuestions } from '../workers/thread-program.ts';
import { FIT_STAGES, type FitAnswer, type FitQuestion, WHOLE } from './fit-protocol.ts';

/** Teaching thread: seconds of arithmetic that nobody else waits behind. */
answerQuestions<FitQuestion, FitAnswer>(async ({ data, settings, progress }) => {
  const shown = new Int32Array(progress);
  try {
    const taught = teach(data, settings, (stage, share) => {
      Atomics.store(shown, 0, FIT_STAGES.indexOf(stage));
      Atomics.store(shown, 1, Math.round(share * WHOLE));
    });
    return { taught };
  } catch (error) {
    return { failed: String(error) };
  }
});
