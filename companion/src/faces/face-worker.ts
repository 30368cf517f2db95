import { type FaceNets, findFaces, openFaceNets } from '@touchstone/models/session';
import { answerQuestions, threadData } from '../workers/thread-program.ts';
import type { FaceReply, FaceRequest } from './face-protocol.ts';

/** Face thread: holds the detector and answers one picture after the other. Its data is the folder of the networks. */
let nets: Promise<FaceNets> | undefined;

answerQuestions<FaceRequest, FaceReply>(async (request) => {
  try {
    // Loaded as part of an answer: the thread must not be ended meanwhile.
    nets ??= openFaceNets(String(threadData));
    const ready = await nets;
    const start = performance.now();
    const faces = await findFaces(ready, request, request.minimumFace);
    return { faces, ms: performance.now() - start };
  } catch (error) {
    return { failed: String(error) };
  }
});
