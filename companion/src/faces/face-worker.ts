import { parentPort, workerData } from 'node:worker_threads';
import { findFaces, openFaceNets } from '@touchstone/models/session';
import type { FaceReply, FaceRequest } from './face-protocol.ts';

/** Face thread: holds the detector and answers one picture after the other. Its data is the folder of the networks. */
const nets = openFaceNets(String(workerData));
nets.catch(() => undefined);

parentPort?.on('message', (request: FaceRequest) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply));
});

async function answer(request: FaceRequest): Promise<FaceReply> {
  try {
    const ready = await nets;
    const start = performance.now();
    const faces = await findFaces(ready, request, request.minimumFace);
    return { faces, ms: performance.now() - start };
  } catch (error) {
    return { failed: String(error) };
  }
}
