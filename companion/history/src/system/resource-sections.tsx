import type { SystemFigures } from '@touchstone/shared/api';
import { FigureSection } from './figure-section.tsx';
import { FiguresTable } from './figures-table.tsx';
import { CACHE_KEYS, PROCESS_KEYS, STORAGE_KEYS } from './system-words.ts';
import { useFiguresWords } from './use-figures-words.ts';

/** What lies in the data folder, and how much room there is. */
export function StorageSection({ storage, disk }: Pick<SystemFigures, 'storage' | 'disk'>) {
  const { t, bytes, named } = useFiguresWords();
  const most = Math.max(1, ...storage.map((one) => one.bytes));
  return (
    <FigureSection title={t('system-storage')}>
      <FiguresTable
        caption={t('system-storage')}
        heads={[t('system-what'), t('fact-size')]}
        rows={storage.map(({ kind, bytes: size }) => ({
          key: kind,
          name: named(STORAGE_KEYS, kind),
          cells: [bytes(size)],
          bar: [size / most],
        }))}
      />
      {disk && (
        <p className="help">{t('system-disk-free', { free: bytes(disk.freeBytes), total: bytes(disk.totalBytes) })}</p>
      )}
    </FigureSection>
  );
}

/** What the companion runs, and what that takes. */
export function ProcessSection({ processes }: Pick<SystemFigures, 'processes'>) {
  const { t, count, bytes, seconds, named } = useFiguresWords();
  const most = Math.max(1, ...processes.map(({ memoryBytes }) => memoryBytes ?? 0));
  return (
    <FigureSection title={t('system-processes')}>
      <FiguresTable
        caption={t('system-processes')}
        heads={[t('system-process'), t('system-running'), t('system-memory'), t('system-cpu')]}
        rows={processes.map(({ process, running, memoryBytes, cpuSeconds }) => ({
          key: process,
          name: named(PROCESS_KEYS, process),
          cells: [
            count(running),
            memoryBytes === null ? t('system-thread-memory') : bytes(memoryBytes),
            seconds(cpuSeconds),
          ],
          bar: [(memoryBytes ?? 0) / most],
        }))}
      />
    </FigureSection>
  );
}

/** Graphics processors; nothing where no driver tells of one. */
export function GpuSection({ gpus }: Pick<SystemFigures, 'gpus'>) {
  const { t, count, bytes, share } = useFiguresWords();
  if (gpus.length === 0) return null;
  return (
    <FigureSection title={t('system-gpus')}>
      <FiguresTable
        caption={t('system-gpus')}
        heads={[t('system-gpus'), t('system-gpu-busy'), t('system-memory')]}
        rows={gpus.map(({ busy, memoryUsed, memorySize }, index) => ({
          key: String(index),
          name: count(index + 1),
          cells: [
            busy === null ? t('unknown') : share(busy),
            t('system-used-of', { used: bytes(memoryUsed), total: bytes(memorySize) }),
          ],
          bar: [memoryUsed / Math.max(1, memorySize)],
        }))}
      />
    </FigureSection>
  );
}

/** How often nothing had to be worked out again. */
export function CacheSection({ caches }: Pick<SystemFigures, 'caches'>) {
  const { t, count, named } = useFiguresWords();
  return (
    <FigureSection title={t('system-caches')}>
      <FiguresTable
        caption={t('system-caches')}
        heads={[t('system-cache'), t('system-count')]}
        rows={caches.map(({ cache, hits, misses }) => ({
          key: cache,
          name: named(CACHE_KEYS, cache),
          cells: [t('system-used-of', { used: count(hits), total: count(hits + misses) })],
          bar: [hits / Math.max(1, hits + misses)],
        }))}
      />
    </FigureSection>
  );
}
