import Counter from 'prom-client/lib/counter.js';
import Gauge from 'prom-client/lib/gauge.js';
import Histogram from 'prom-client/lib/histogram.js';
import Registry from 'prom-client/lib/registry.js';
import { METRICS, type Metric, type MetricName } from './metric-table.ts';

type NamesOf<Type extends Metric['type']> = {
  [Name in MetricName]: (typeof METRICS)[Name]['type'] extends Type ? Name : never;
}[MetricName];

type LabelsOf<Name extends MetricName> = Readonly<Record<(typeof METRICS)[Name]['labels'][number], string>>;

/** One companion's metrics: nothing is shared between two in one process. */
export interface Instruments {
  add<Name extends NamesOf<'counter'>>(name: Name, labels: LabelsOf<Name>, by?: number): void;
  set<Name extends NamesOf<'gauge'>>(name: Name, labels: LabelsOf<Name>, value: number): void;
  observe<Name extends NamesOf<'histogram'>>(name: Name, labels: LabelsOf<Name>, value: number): void;
  /** Forgets all series of a metric whose labels come and go. */
  clear(name: NamesOf<'gauge' | 'counter'>): void;
  /** The series of a metric as they would be shown. */
  read(name: MetricName): Promise<readonly Series[]>;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

export interface Series {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  /** With `_bucket`, `_sum` or `_count` where a series has parts. */
  readonly name: string;
}

/**
 * Makes every metric of the table, so that one that was never met is shown too, with its help.
 * @param without metrics that another process tells: what is noted of them is kept nowhere
 */
export function createInstruments(without: ReadonlySet<MetricName> = new Set()): Instruments {
  const registry = new Registry();
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const distributions = new Map<string, Histogram>();
  const common = (name: string, { help, labels }: Metric) => ({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
  });
  for (const [name, metric] of Object.entries<Metric>(METRICS)) {
    if (without.has(name as MetricName)) continue;
    const options = common(name, metric);
    if (metric.type === 'counter') counters.set(name, new Counter(options));
    else if (metric.type === 'gauge') gauges.set(name, new Gauge(options));
    else distributions.set(name, new Histogram({ ...options, buckets: [...(metric.buckets ?? [])] }));
  }
  return {
    add: (name, labels, by = 1) => counters.get(name)?.inc(labels, by),
    set: (name, labels, value) => gauges.get(name)?.set(labels, value),
    observe: (name, labels, value) => distributions.get(name)?.observe(labels, value),
    clear: (name) => (gauges.get(name) ?? counters.get(name))?.reset(),
    async read(name) {
      const metric = registry.getSingleMetric(name);
      const { values } = (await metric?.get()) ?? { values: [] };
      return values.map((one) => ({
        labels: one.labels as Readonly<Record<string, string | number>>,
        value: one.value,
        name: 'metricName' in one && typeof one.metricName === 'string' ? one.metricName : name,
      }));
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
