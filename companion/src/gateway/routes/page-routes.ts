import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import * as v from 'valibot';
import { acceptedLanguage } from '../../report/report-language.ts';
import { refuseUnknownAddress } from '../access.ts';
import type { GatewayContext } from '../context.ts';
import { pairPage } from '../pages/pair-page.ts';
import { isPlainFile } from './plain-file.ts';

const PAGES = join(import.meta.dirname, '..', 'pages');
const TOKENS = fileURLToPath(new URL('../../../../shared/src/tokens.css', import.meta.url));

/** Parts of the pairing page by address; served by name, so that no path is ever taken from a request. */
const OWN_FILES: Readonly<Record<string, { readonly folder: string; readonly name: string }>> = {
  '/pair/page.css': { folder: PAGES, name: 'page.css' },
  '/pair/pair.js': { folder: PAGES, name: 'pair.js' },
  '/pair/tokens.css': { folder: join(TOKENS, '..'), name: 'tokens.css' },
};

const PAGE = { config: { access: 'public', page: true } } as const;

/** Names that the build gives to what the history page loads: one segment, no dot in front. */
const AssetParams = v.object({ file: v.pipe(v.string(), v.maxLength(128), v.regex(/^[\w-][\w.-]*$/)) });

/** The pairing page, and the history page at / and /open once it is built. */
export async function pageRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { historyFolder } = context;
  await app.register(fastifyStatic, { root: PAGES, serve: false });

  /** Sends a file of a folder; what is not there, or is a link to elsewhere, is an unknown address. */
  async function send(reply: FastifyReply, folder: string, name: string): Promise<FastifyReply> {
    if (!(await isPlainFile(folder, name))) return refuseUnknownAddress(reply.request, context);
    return reply.sendFile(name, folder, { cacheControl: false });
  }

  for (const [address, { folder, name }] of Object.entries(OWN_FILES)) {
    app.get(address, PAGE, (_request, reply) => send(reply, folder, name));
  }

  app.get('/pair', PAGE, (request, reply) => {
    const language = acceptedLanguage(request.headers['accept-language']);
    const headers = { 'content-language': language, vary: 'accept-language' };
    return reply.headers(headers).type('text/html; charset=utf-8').send(pairPage(language));
  });

  for (const address of ['/', '/open']) {
    app.get(address, PAGE, async (_request, reply) =>
      (await isPlainFile(historyFolder, 'index.html'))
        ? send(reply, historyFolder, 'index.html')
        : send(reply.code(503), PAGES, 'not-built.html'),
    );
  }

  app.get('/icon.svg', PAGE, (_request, reply) => send(reply, historyFolder, 'icon.svg'));
  app.get('/assets/:file', PAGE, async (request, reply) => {
    const params = v.safeParse(AssetParams, request.params);
    if (!params.success) return refuseUnknownAddress(request, context);
    return send(reply, historyFolder, `assets/${params.output.file}`);
  });
}
