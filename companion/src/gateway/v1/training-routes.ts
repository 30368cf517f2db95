import { basename, join } from 'node:path';
import fastifyMultipart from '@fastify/multipart';
import { TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { sniffFormat } from '../../intake/sniff.ts';
import { archivePack } from '../../packs/pack-archive.ts';
import { DEFAULT_NAMES } from '../../training/dataset.ts';
import { gatherCsv } from '../../training/gather-csv.ts';
import { gatherDemo, joinDemo } from '../../training/gather-demo.ts';
import { gatherFolder, kindOfPath } from '../../training/gather-folder.ts';
import { gatherLabels } from '../../training/gather-labels.ts';
import { bytesOf } from '../../training/look-at-items.ts';
import { hasEnded } from '../../training/training-records.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { boundedRequests } from '../routes/bounded-requests.ts';
import { goneSignal } from '../routes/gone-signal.ts';
import { sendPicture } from '../routes/send-picture.ts';
import { receiveDataset } from './receive-dataset.ts';
import { createEventStreams } from './send-events.ts';

/** Data sets on their way in. */
const UPLOADS_AT_ONCE = 2;
/** Open event streams of trainings. */
const MAX_STREAMS = 32;

/** What is there, or the words that it is not. @throws TouchstoneError `not-found` */
function found<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new TouchstoneError('not-found');
  return thing;
}

/** Where the files of a data set lie that are its own. */
const filesOf = (folder: string): string => join(folder, 'files');

/** Ways in for uploaded data sets: their bodies stay streams. */
export async function datasetUploadRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { trainings, spoolFolder } = context;
  const takePlace = boundedRequests({ each: UPLOADS_AT_ONCE, all: UPLOADS_AT_ONCE });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
  await app.register(fastifyMultipart);
  app.addHook('onRequest', async (request, reply) => {
    if (Number(request.headers['content-length'] ?? 0) > api.v1Datasets.create.body.maxBytes) {
      throw new TouchstoneError('too-large');
    }
    if (context.draining()) throw new TouchstoneError('shutting-down');
    takePlace(request, reply);
  });
  for (const route of [api.v1Datasets.create, api.teachDatasets.create]) {
    handlerOf(app)(route, async ({ query: { name, base, demo }, request, reply }) =>
      trainings.addDataset({
        from: 'upload',
        name: name || DEFAULT_NAMES.upload,
        base,
        gather: async (folder) => {
          const into = filesOf(folder);
          const own = await receiveDataset(request, into, spoolFolder, goneSignal(reply));
          return joinDemo(own, demo === 'true', into);
        },
      }),
    );
  }
}

/** Data sets and trainings: for programs, and for the history page. */
export async function trainingRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { trainings, log, pipeline, draining } = context;
  const handle = handlerOf(app);
  const openStream = createEventStreams({ each: MAX_STREAMS, all: MAX_STREAMS }, context.signal);

  for (const routes of [api.v1Datasets, api.teachDatasets]) {
    handle(routes.fromLabels, async ({ body: { name, base, demo } }) => {
      if (draining()) throw new TouchstoneError('shutting-down');
      return trainings.addDataset({
        from: 'labels',
        name: name || DEFAULT_NAMES.labels,
        base,
        gather: async (folder) => joinDemo(await gatherLabels(context), demo, filesOf(folder)),
      });
    });
    handle(routes.fromDemo, async ({ body: { name, base } }) => {
      if (draining()) throw new TouchstoneError('shutting-down');
      return trainings.addDataset({
        from: 'demo',
        name: name || DEFAULT_NAMES.demo,
        base,
        gather: (folder) => gatherDemo(filesOf(folder)),
      });
    });
    handle(routes.list, async () => ({ datasets: trainings.datasets() }));
    handle(routes.get, async ({ params: { id } }) => found(trainings.dataset(id)));
    handle(routes.remove, async ({ params: { id } }) => found(await trainings.removeDataset(id)));
    handle(routes.map, async ({ params: { id } }) => found(await trainings.map(id)));
    handle(routes.truths, async ({ params: { id }, body: { items, truth } }) =>
      found(await trainings.setTruth(id, items, truth)),
    );
    handle(routes.picture, async ({ params: { id, item }, reply }) => {
      const { item: described, folder } = found(await trainings.datasetItem(id, item));
      const { place } = described;
      if (place.kind === 'record') return sendPicture(reply, await log.thumbnail(place.recordId));
      const bytes = await bytesOf(place, folder, log);
      const signal = goneSignal(reply);
      return sendPicture(reply, await pipeline.decoder.thumbnail({ bytes, format: sniffFormat(bytes), signal }));
    });
  }

  handle(api.teachDatasets.fromFolder, async ({ body: { path, name, base, demo }, reply }) => {
    if (draining()) throw new TouchstoneError('shutting-down');
    const kind = await kindOfPath(path);
    return trainings.addDataset({
      from: kind === 'folder' ? 'folder' : 'csv',
      name: name || basename(path),
      base,
      gather: async (folder) => {
        const own = await (kind === 'folder' ? gatherFolder(path, goneSignal(reply)) : gatherCsv(path));
        return joinDemo(own, demo, filesOf(folder));
      },
    });
  });

  for (const routes of [api.v1Trainings, api.teachTrainings]) {
    handle(routes.create, async ({ body: { dataset, settings } }) => {
      if (draining()) throw new TouchstoneError('shutting-down');
      return trainings.begin(dataset, settings);
    });
    handle(routes.list, async () => ({ trainings: trainings.trainings() }));
    handle(routes.get, async ({ params: { id } }) => found(trainings.training(id)));
    handle(routes.remove, async ({ params: { id } }) => found(await trainings.removeTraining(id)));
    handle(routes.result, async ({ params: { id } }) => found(await trainings.result(id)));
    handle(routes.predictions, async ({ params: { id }, query: { cursor, limit, ...filter } }) => {
      const all = found(await trainings.predictions(id, filter));
      const from = cursor === undefined ? 0 : placeOf(cursor);
      const next = from + limit < all.length ? String(from + limit) : null;
      return { predictions: all.slice(from, from + limit), next, total: all.length };
    });
    handle(routes.pack, async ({ params: { id }, reply }) => {
      const pack = await trainings.packOf(id);
      const { name, version } = pack.manifest;
      const file = `${name}-${version}.touchstone-pack.tar`;
      return reply
        .type('application/x-tar')
        .header('content-disposition', `attachment; filename="${file}"`)
        .send(archivePack(pack));
    });
    handle(routes.events, async ({ params: { id }, reply }) => {
      found(trainings.training(id));
      const stream = openStream(reply);
      const tell = (): void => {
        const now = trainings.training(id);
        if (now) stream.tell('training', now);
        if (!now || hasEnded(now)) stream.end();
      };
      trainings.subscribe((changed) => changed.id === id && tell(), stream.over);
      tell();
    });
  }
  handle(api.teachTrainings.use, async ({ params: { id } }) => trainings.use(id));
  handle(api.teachTrainings.rollBack, async ({ params: { id } }) => trainings.rollBack(id));
}

/** @throws TouchstoneError `bad-request` for what is no cursor of a page */
function placeOf(cursor: string): number {
  if (!/^\d{1,6}$/.test(cursor)) throw new TouchstoneError('bad-request', 'cursor: not one of a page');
  return Number(cursor);
}
