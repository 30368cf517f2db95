import { CAPTURE_PATHS, CAVEAT_CODES, CAVEATS, type Evidence, type ResultRecord, SENTENCES } from '@touchstone/shared';
import { alignRecord, scaleMarks } from '@touchstone/shared/present';
import { generateFacts, generateProvenance } from './generate-provenance.ts';
import { generateTimeline } from './generate-timeline.ts';
import { numbers } from './numbers.ts';

const SITES = ['news.example.org', 'social.example.com', 'fotos.example.de', 'shop.example.net', 'forum.example.io'];
const WORDS = ['harbour', 'protest', 'portrait', 'sunset', 'flood', 'parade', 'kitten', 'skyline', 'market', 'storm'];
const HOSTILE = '\u202Egpj.<img src=x onerror=alert(1)>';
const START = Date.UTC(2026, 0, 1);

/** Record number `index`, older ones first; `now` is when the newest of `count` was checked. */
export function generateRecord(index: number, count: number, now: number): ResultRecord {
  const next = numbers(index + 1);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  const hex = (length: number) => Array.from({ length }, () => Math.floor(next() * 16).toString(16)).join('');
  const probability = Math.round(next() ** (next() > 0.5 ? 3 : 0.4) * 1000) / 1000;
  const value = probability > 0.65 ? 'fake' : probability < 0.3 ? 'real' : 'uncertain';
  const direction = value === 'fake' ? 'ai' : value === 'real' ? 'camera' : 'neutral';
  const code = value === 'fake' ? 'model-says-ai' : value === 'real' ? 'model-says-camera' : 'model-undecided';
  const site = pick(SITES);
  const word = pick(WORDS);
  const frame = next() > 0.9;
  const video = index % 12 === 3;
  const hostile = index % 97 === 5;
  const seen = next() > 0.85;
  const details = { logit: Math.round((probability - 0.5) * 900) / 100, calibrated: probability };
  const evidence: Evidence[] = [
    {
      kind: 'classifier',
      direction,
      strength: Math.abs(probability - 0.5) * 2,
      code,
      sentence: SENTENCES[code],
      details,
    },
  ];
  const reasons = [{ code, direction, text: SENTENCES[code], details }] as ResultRecord['verdict']['reasons'];
  if (value === 'real' && next() > 0.5) {
    const camera = { code: 'camera-metadata', direction: 'camera', details: { camera: 'Example X100' } } as const;
    const text = SENTENCES['camera-metadata'].replace('{camera}', 'Example X100');
    reasons.push({ ...camera, text });
    evidence.push({ ...camera, kind: 'metadata', strength: 0.2, sentence: text });
  }
  const caveats = next() > 0.6 ? [pick(CAVEAT_CODES)] : [];
  if (frame && !caveats.includes('video-frame')) caveats.push('video-frame');
  const at = index >= count ? now : Math.round(START + ((now - START) * (index + 1)) / count);
  const timings = { queue: next() * 4, decode: 4 + next() * 18, evidence: 1 + next() * 9, inference: 9 + next() * 20 };
  return alignRecord({
    id: `01${at.toString(32).toUpperCase().padStart(9, '0')}${index.toString(32).toUpperCase().padStart(15, '0')}`,
    at,
    lane: pick(['asked', 'bulk', 'bulk']),
    source: {
      kind: video ? 'video' : frame ? 'video-frame' : 'image',
      path: pick(CAPTURE_PATHS),
      ...(video ? { fileName: `${word}-${index}.mp4` } : {}),
      url: hostile ? 'javascript:alert(1)' : `https://cdn.${site}/${word}/${word}-${index}.jpg?width=1200`,
      pageUrl: `https://${site}/2026/${word}-${index % 400}`,
      pageTitle: hostile ? HOSTILE : `${word[0]?.toUpperCase()}${word.slice(1)}: what we know so far`,
      ...(frame && !video ? { mediaTime: next() * 300 } : {}),
      private: false,
    },
    picture: {
      format: pick(['jpeg', 'webp', 'png', 'avif']),
      width: 400 + Math.floor(next() * 3000),
      height: 300 + Math.floor(next() * 2000),
      bytes: 20_000 + Math.floor(next() * 3_000_000),
      frames: 1,
      sha256: hex(64),
      perceptualHash: hex(16),
    },
    verdict: {
      value,
      probability,
      marks: scaleMarks({ realBelow: 0.3, fakeAbove: 0.65 }),
      confidence: 'low',
      reasons,
      caveats: caveats.map((caveat) => ({ code: caveat, text: CAVEATS[caveat] })),
    },
    evidence,
    pack:
      next() > 0.3
        ? { name: 'quick', version: '1.0.0', sha256: 'b'.repeat(64), tier: 'quick' }
        : { name: 'thorough', version: '1.2.0', sha256: 'c'.repeat(64), tier: 'thorough' },
    provider: 'cpu',
    timings: { ...timings, total: timings.queue + timings.decode + timings.evidence + timings.inference + 1 },
    ...(seen
      ? { seenBefore: { recordId: `missing-${index}`, at: at - 86_400_000, verdict: value, distance: 3, exact: false } }
      : {}),
    ...(video ? { timeline: generateTimeline(index, probability) } : {}),
    ...(!video && index % 6 === 1 ? { provenance: generateProvenance(Math.floor(index / 6)) } : {}),
    ...(!video && index % 4 === 1 ? { facts: generateFacts() } : {}),
    label: next() > 0.9 ? pick(['fake', 'real', 'unsure']) : null,
    logged: true,
    hasThumbnail: next() > 0.1,
    hasOriginal: index % 5 !== 0,
  });
}
