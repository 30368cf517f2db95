import { answerQuestions } from '../workers/thread-program.ts';
import { layOut } from './lay-out.ts';
import type { MapAnswer, MapQuestion } from './map-protocol.ts';

/** Thread that lays pictures out: seconds of arithmetic that nobody else waits behind. */
answerQuestions<MapQuestion, MapAnswer>(async (question) => {
  try {
    return { places: layOut(question) };
  } catch (error) {
    return { failed: String(error) };
  }
});
