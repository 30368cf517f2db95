import { chmodSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { newNonce, prove } from '@touchstone/shared';
import type { FastifyInstance } from 'fastify';
import { controlTranscript, NONCE_HEADER, nonceOf, nonceText, PROOF_PATH, proofKey } from './control-proof.ts';
import { createHttpServer } from './http-server.ts';
import { httpStatusOf } from './http-status.ts';
import { refusalOf } from './raw-refusal.ts';

async function answerProof(request: IncomingMessage, response: ServerResponse, path: string, token: string) {
  const clientNonce = nonceOf(request.headers[NONCE_HEADER]);
  if (!clientNonce) {
    const { body, headers } = refusalOf('bad-request');
    response.writeHead(httpStatusOf('bad-request'), headers).end(body);
    return;
  }
  const nonce = newNonce();
  const proof = await prove(proofKey(token), 'server', controlTranscript(path, clientNonce, nonce));
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify({ nonce: nonceText(nonce), proof: nonceText(proof) }));
}

/**
 * Serves the routes of `app` on a Unix domain socket in a private folder, or on a named pipe of Windows: for programs of
 * the owner. No browser can reach it, so any Host will do. It proves on request that it holds the control token, before
 * the client shows it.
 * @throws the system's error where it cannot listen there
 */
export async function listenPrivately(app: FastifyInstance, path: string, controlToken: string): Promise<Server> {
  const server = createHttpServer(
    {
      routing(request, response) {
        if (request.url === PROOF_PATH) void answerProof(request, response, path, controlToken);
        else app.routing(request, response);
      },
    },
    () => true,
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // The folder keeps others out already; a pipe has no mode.
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  return server;
}
