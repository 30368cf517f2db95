import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { calibrate, type Pack } from '@touchstone/models';
import { type DatasetMap, type ErrorReport, FiniteNumber, TouchstoneError, toErrorReport } from '@touchstone/shared';
import * as v from 'valibot';
import { createThreadSupervisor } from '../workers/thread-supervisor.ts';
import { WorkerLost } from '../workers/worker-lost.ts';
import { decodeVector, wasSeen } from './dataset.ts';
import { readLooks } from './look-at-items.ts';
import type { MapAnswer, MapQuestion } from './map-protocol.ts';
import { readDocument, writeDocument } from './training-files.ts';
import type { TrainingStore } from './training-store.ts';

/** Ten thousand pictures take a few minutes. */
const LIMIT_MS = 15 * 60_000;
/** A thread that nobody asks gives its memory back after this long. */
const IDLE_MS = 30_000;

const SCRIPT = new URL('./map-worker.ts', import.meta.url);
const FILE = 'map.json';

/** Where each picture lies: made of features, so it goes with them. */
const KeptMap = v.array(v.object({ item: FiniteNumber, x: FiniteNumber, y: FiniteNumber }));
type KeptMap = v.InferOutput<typeof KeptMap>;

export interface DatasetMaps {
  /** The map as far as it is made; asking for the first time begins it. @returns undefined without such a data set */
  of(id: string): Promise<DatasetMap | undefined>;
  close(): Promise<void>;
}

/** Takes a map away whose pictures changed. */
export const forgetMap = (folder: string): Promise<void> => rm(join(folder, FILE), { force: true });

interface MapRooms {
  readonly store: TrainingStore;
  /** @throws TouchstoneError `pack-unknown` */
  readonly teachable: (label: string) => Pack;
}

/** Maps of data sets in two dimensions, made when somebody looks, in a thread of their own. */
export function createDatasetMaps({ store, teachable }: MapRooms): DatasetMaps {
  const options = { script: SCRIPT, name: 'touchstone-map', native: false, idleMs: IDLE_MS };
  const thread = createThreadSupervisor<MapQuestion, MapAnswer>(options);
  const making = new Map<string, Promise<void>>();
  const failed = new Map<string, ErrorReport>();

  async function seenIn(id: string, base: Pack) {
    const looks = await readLooks(store.datasetFolder(id), base);
    return [...looks.values()].filter(wasSeen).toSorted((a, b) => a.item - b.item);
  }

  async function make(id: string, base: Pack): Promise<void> {
    const seen = await seenIn(id, base);
    const columns = base.manifest.output.embedding?.size ?? 0;
    const answer = await thread.ask(() => {
      const values = new Float32Array(seen.length * columns);
      for (const [row, { vector }] of seen.entries()) values.set(decodeVector(vector), row * columns);
      return { question: { values, rows: seen.length, columns }, limitMs: LIMIT_MS };
    });
    if ('failed' in answer) throw new TouchstoneError('dataset-unusable', answer.failed);
    const { places } = answer;
    const points: KeptMap = seen.map(({ item }, row) => ({
      item,
      x: places[row * 2] ?? 0,
      y: places[row * 2 + 1] ?? 0,
    }));
    if (store.datasets.has(id)) await writeDocument(join(store.datasetFolder(id), FILE), points);
  }

  function begin(id: string, base: Pack): void {
    if (making.has(id)) return;
    const work = make(id, base)
      .catch((cause: unknown) => {
        const error = cause instanceof WorkerLost ? new TouchstoneError('inference-failed', cause.message) : cause;
        failed.set(id, toErrorReport(error));
      })
      .finally(() => making.delete(id));
    making.set(id, work);
  }

  return {
    async of(id) {
      const kept = store.datasets.get(id);
      if (!kept) return undefined;
      if (kept.state !== 'completed') return { state: 'pending', points: [], error: null };
      const base = teachable(kept.base);
      const points = await readDocument(join(store.datasetFolder(id), FILE), KeptMap);
      const [items, seen] = [await store.items(id), await seenIn(id, base)];
      const looks = new Map(seen.map((look) => [look.item, look]));
      // One of other pictures than there are now is made anew.
      const stands = points?.length === seen.length && points.every(({ item }) => looks.has(item));
      if (!points || !stands) {
        const error = making.has(id) ? undefined : failed.get(id);
        failed.delete(id);
        if (error) return { state: 'failed', points: [], error };
        begin(id, base);
        return { state: 'pending', points: [], error: null };
      }
      return {
        state: 'completed',
        error: null,
        points: points.map(({ item, x, y }) => {
          const { name = '', truth = 'real' } = items[item] ?? {};
          const logit = looks.get(item)?.logit ?? 0;
          return { item, name, truth, x, y, unmodified: calibrate(logit, base.manifest.calibration) };
        }),
      };
    },
    async close() {
      await thread.close();
      await Promise.allSettled(making.values());
    },
  };
}
