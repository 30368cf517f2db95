import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { acceptedLanguage } from '../../report/report-language.ts';
import type { GatewayContext } from '../context.ts';
import { pairPage } from '../pages/pair-page.ts';

const PAGES = join(import.meta.dirname, '..', 'pages');
const TOKENS = createRequire(import.meta.url).resolve('@touchstone/shared/tokens.css');

/** Pages and their parts by address; served by name, so that no path is ever taken from a request. */
const OWN_FILES: Readonly<Record<string, string>> = {
  '/pair/page.css': join(PAGES, 'page.css'),
  '/pair/pair.js': join(PAGES, 'pair.js'),
  '/pair/tokens.css': TOKENS,
};

/** The pairing page, and the history page at / and /open once it is built. */
export async function pageRoutes(app: FastifyInstance, { historyFolder }: GatewayContext): Promise<void> {
  await app.register(fastifyStatic, { root: historyFolder, prefix: '/', index: false, suppressWarning: true });

  function send(reply: FastifyReply, file: string): FastifyReply {
    // Pages change with every update; what they name carries a hash.
    return reply.header('cache-control', 'no-cache').sendFile(basename(file), dirname(file), { cacheControl: false });
  }

  for (const [address, file] of Object.entries(OWN_FILES)) app.get(address, (_request, reply) => send(reply, file));

  app.get('/pair', (request, reply) => {
    const language = acceptedLanguage(request.headers['accept-language']);
    const headers = { 'cache-control': 'no-cache', 'content-language': language, vary: 'accept-language' };
    return reply.headers(headers).type('text/html; charset=utf-8').send(pairPage(language));
  });

  for (const address of ['/', '/open']) {
    app.get(address, (_request, reply) => {
      const index = join(historyFolder, 'index.html');
      return existsSync(index) ? send(reply, index) : send(reply.code(503), join(PAGES, 'not-built.html'));
    });
  }
}
