import pino from 'pino';
import sharp from 'sharp';
import { readMetadata } from '../../src/evidence/metadata/read-metadata.ts';
import { signPicture } from '../../src/evidence/provenance/fixtures/sign-picture.ts';
import { createTestAuthority } from '../../src/evidence/provenance/fixtures/test-authority.ts';
import { createProvenanceReader } from '../../src/evidence/provenance/provenance-reader.ts';
import { inspectCapture } from '../../src/intake/inspect-capture.ts';
import { testDecoder } from '../../src/picture-decoder/fixtures/test-decoder.ts';
import { startDaemon } from '../daemon-process.ts';
import { connectClient } from '../socket-client.ts';
import { level, type Measurement, quantile, timing } from '../statistics.ts';

const WARM_UP = 8;
/** What metadata and manifest of a 5 MB JPEG may take at the 95th percentile, in milliseconds. */
const GOAL_MS = 60;
/** A busy machine must not turn a slow answer into none. */
const PATIENCE_MS = 60_000;

/** A JPEG of 5 MB with two manifests, one inside the other, and a thumbnail; and the same picture without them. */
async function largePictures(): Promise<{ plain: Buffer; signed: Uint8Array }> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  const create = { width: 3000, height: 2000, channels: 3, background: '#000', noise } as const;
  const plain = await sharp({ create }).withMetadata().jpeg({ quality: 88 }).toBuffer();
  const signer = await (await createTestAuthority('Bench')).issue('Bench');
  const captured = { actions: [{ action: 'c2pa.created', source: 'digitalCapture' }] };
  const before = await signPicture(plain, 'image/jpeg', signer, captured);
  const thumbnail = await sharp(plain).resize(512).jpeg().toBuffer();
  const ingredient = { bytes: before, relationship: 'parentOf', title: 'before', thumbnail } as const;
  const actions = [{ action: 'c2pa.opened' }, { action: 'c2pa.color_adjustments' }];
  const signed = await signPicture(plain, 'image/jpeg', signer, { actions, ingredients: [ingredient] });
  return { plain, signed };
}

/**
 * Metadata and Content Credentials of a 5 MB JPEG: alone, beside the classifier in a running companion, and what they
 * add until the verdict.
 */
export async function provenanceReading(n: number): Promise<Measurement[]> {
  const { plain, signed } = await largePictures();
  const reader = createProvenanceReader({
    logger: pino({ level: 'silent' }),
    decoder: testDecoder,
    timeLimitMs: PATIENCE_MS,
  });
  const { header } = await inspectCapture(signed, testDecoder);
  const alone: number[] = [];
  const without: number[] = [];
  const processor: number[] = [];
  for (let i = -WARM_UP; i < n; i++) {
    const before = process.cpuUsage();
    const start = performance.now();
    const reading = reader.read(signed);
    readMetadata(signed, header);
    const found = await reading;
    if (found?.provenance.state !== 'unknown-signer') throw new Error('the manifest was not read');
    const middle = performance.now();
    const used = process.cpuUsage(before);
    await reader.read(plain);
    if (i < 0) continue;
    processor.push((used.user + used.system) / 1000);
    alone.push(middle - start);
    without.push(performance.now() - middle);
  }
  await reader.close();
  const { records, times, plainTimes } = await inCompanion(signed, plain, n);
  const beside = records.map(({ timings }) => timings.evidence);
  return [
    timing('5 MB JPEG without Content Credentials: finding that out', without),
    timing('5 MB JPEG: metadata and Content Credentials, alone', alone),
    timing('5 MB JPEG: metadata and Content Credentials, processor time', processor),
    timing('5 MB JPEG: all evidence but the classifier, beside it', beside),
    level('5 MB JPEG: metadata and Content Credentials, p95', 'ms', [quantile(alone, 0.95)], GOAL_MS),
    timing('5 MB JPEG with Content Credentials: socket to verdict (floor: without)', times, plainTimes),
  ];
}

async function inCompanion(signed: Uint8Array, plain: Uint8Array, n: number) {
  const daemon = await startDaemon();
  try {
    const client = await connectClient(daemon.port, await daemon.pairingCode());
    const check = async (bytes: Uint8Array) => {
      const start = performance.now();
      const record = await client.check(Buffer.from(bytes), 'live');
      return { record, time: performance.now() - start };
    };
    const records = [];
    const times: number[] = [];
    const plainTimes: number[] = [];
    for (let i = -WARM_UP; i < n; i++) {
      const floor = await check(plain);
      const { record, time } = await check(signed);
      if (i < 0) continue;
      records.push(record);
      times.push(time);
      plainTimes.push(floor.time);
    }
    client.close();
    return { records, times, plainTimes };
  } finally {
    await daemon.stop();
  }
}
