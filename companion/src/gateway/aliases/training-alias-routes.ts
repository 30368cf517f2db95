import fastifyMultipart from '@fastify/multipart';
import { type Dataset, TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { DEFAULT_NAMES } from '../../training/dataset.ts';
import { gatherDemo } from '../../training/gather-demo.ts';
import { gatherLabels } from '../../training/gather-labels.ts';
import type { GatewayContext } from '../context.ts';
import { handlerOf } from '../handle.ts';
import { boundedRequests } from '../routes/bounded-requests.ts';
import { goneSignal } from '../routes/gone-signal.ts';
import { type CustomTrainingGiven, receiveCustomTraining } from './receive-custom-training.ts';
import { customProgressOf, customResultOf, settingsOf } from './training-shapes.ts';

/** Trainings on their way in. */
const UPLOADS_AT_ONCE = 2;

/** The founding documents' addresses of trainings: other words for `/v1/datasets` and `/v1/trainings`. */
export async function trainingAliasRoutes(app: FastifyInstance, context: GatewayContext): Promise<void> {
  const { trainings, spoolFolder } = context;
  const takePlace = boundedRequests({ each: UPLOADS_AT_ONCE, all: UPLOADS_AT_ONCE });
  const handle = handlerOf(app);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
  await app.register(fastifyMultipart);

  /** The data set that is meant; one that was not there is made. */
  async function datasetFor({ asked, gather }: CustomTrainingGiven, signal: AbortSignal) {
    const { data_source, dataset_name: name } = asked;
    if (data_source === 'dataset') {
      const found = trainings.datasets().find((one) => one.id === name || one.name === name);
      if (!found) throw new TouchstoneError('not-found');
      return { dataset: found, made: false };
    }
    const from = data_source === 'user' ? 'upload' : data_source;
    const gatherInto = {
      labels: () => gatherLabels(context),
      demo: (folder: string) => gatherDemo(`${folder}/files`),
      upload: (folder: string) => gather(`${folder}/files`, signal),
    }[from];
    const dataset: Dataset = await trainings.addDataset({
      from,
      name: name ?? DEFAULT_NAMES[from],
      gather: gatherInto,
    });
    return { dataset, made: true };
  }

  handle(
    api.trainingAliases.train,
    async ({ request, reply }) => {
      const signal = goneSignal(reply);
      const given = await receiveCustomTraining(request, spoolFolder, signal);
      try {
        const { dataset, made } = await datasetFor(given, signal);
        try {
          const { id } = await trainings.begin(dataset.id, settingsOf(given.asked));
          return { success: true as const, session_id: id, message: 'Training started' };
        } catch (error) {
          if (made) await trainings.removeDataset(dataset.id);
          throw error;
        }
      } finally {
        await given.remove();
      }
    },
    {
      async onRequest(request, reply) {
        if (Number(request.headers['content-length'] ?? 0) > api.trainingAliases.train.body.maxBytes) {
          throw new TouchstoneError('too-large');
        }
        if (context.draining()) throw new TouchstoneError('shutting-down');
        takePlace(request, reply);
      },
    },
  );

  handle(api.trainingAliases.progress, async ({ params: { id } }) => {
    const training = trainings.training(id);
    if (!training) throw new TouchstoneError('not-found');
    return customProgressOf(training, trainings.dataset(training.dataset));
  });

  handle(api.trainingAliases.result, async ({ params: { id } }) => {
    const training = trainings.training(id);
    const result = await trainings.result(id);
    if (!training || !result) throw new TouchstoneError('not-found');
    const pack = await trainings.packOf(id).catch(() => undefined);
    const features = pack?.manifest.output.embedding?.size ?? null;
    return customResultOf(training, result, (await trainings.predictions(id, {})) ?? [], features);
  });
}
