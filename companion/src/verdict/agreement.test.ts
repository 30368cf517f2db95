import type { Evidence, ResultRecord, Verdict } from '@touchstone/shared';
import {
  alignVerdict,
  type DeclaredThresholds,
  type Step,
  scaleMarks,
  stepAt,
  stepOf,
  verdictValueOf,
} from '@touchstone/shared/present';
import { LANGUAGES, type Language, probabilityText, textOf } from '@touchstone/shared/words';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { claimsCounted, contradictionsIn } from '../../../shared/src/present/fixtures/claims.ts';
import { jsonLine } from '../cli/check/json-line.ts';
import { outcomeTable } from '../cli/check/table.ts';
import { classifierEvidence } from '../evidence/classifier-evidence.ts';
import { finding } from '../evidence/finding.ts';
import { generatedRecord } from '../log/fixtures/generated-records.ts';
import type { EvidenceReport } from '../report/evidence-report.ts';
import { renderHtml } from '../report/render-html.ts';
import { reportTexts } from '../report/texts/report-texts.ts';
import type { TimelineFindings } from '../timeline/findings.ts';
import { fuse } from './fuse.ts';
import { fuseVideo } from './fuse-video.ts';
import type { VerdictFacts } from './picture-facts.ts';

/** Packs whose marks lie differently: the shipped ones, a cautious one, one that never leans to authentic, one with own marks. */
const PACKS: Readonly<Record<string, DeclaredThresholds>> = {
  quick: { fakeAbove: 0.9527, realBelow: 0.218 },
  thorough: { fakeAbove: 0.9751, realBelow: 0.3612 },
  starter: { fakeAbove: 0.857, realBelow: 0.3 },
  bold: { fakeAbove: 0.55, realBelow: 0.45 },
  own: { fakeAbove: 0.9, realBelow: 0.1, leansAi: 0.7, leansAuthentic: 0.35 },
};
const PROBABILITIES = [0.003, 0.05, 0.21, 0.25, 0.31, 0.37, 0.42, 0.5, 0.56, 0.62, 0.75, 0.88, 0.94, 0.96, 0.98, 0.997];
const PLACE = { pack: 'thorough', x: 0.4, y: 0.1, width: 0.2, height: 0.3 };
const BLENDED = {
  picture: finding('face', 'ai', 0.5, 'face-blending', PLACE),
  video: finding('face', 'ai', 0.5, 'video-face-blending', { ...PLACE, from: '0:20', to: '0:27', track: 0, looks: 3 }),
};
const STATEMENTS: readonly Evidence[] = [
  finding('metadata', 'ai', 0.98, 'generator-metadata', { generator: 'ComfyUI' }),
  finding('provenance', 'ai', 0.98, 'c2pa-ai', { signer: 'OpenAI' }),
  finding('metadata', 'ai', 0.6, 'declared-ai-parts', {}),
  finding('provenance', 'ai', 0.5, 'c2pa-ai-unknown-signer', { signer: 'Somebody', origin: 'ai-parts' }),
  finding('metadata', 'ai', 0.6, 'china-aigc-label', { producer: null }),
  finding('provenance', 'camera', 0.98, 'c2pa-camera', { signer: 'Leica Camera AG' }),
  finding('metadata', 'camera', 0.1, 'camera-metadata', { camera: 'Nikon D850' }),
  finding('provenance', 'neutral', 0, 'c2pa-broken', { signer: 'OpenAI' }),
  BLENDED.picture,
];
const plain: VerdictFacts = {
  path: 'original-bytes',
  kind: 'image',
  shorterSide: 1080,
  minimumSide: 200,
  frames: 1,
  flatness: 0.1,
  jpegQuality: 90,
  quickOnly: false,
  disagree: false,
};
const FACTS: readonly VerdictFacts[] = [
  plain,
  { ...plain, shorterSide: 100 },
  { ...plain, flatness: 0.9, path: 'screenshot' },
  { ...plain, quickOnly: true, disagree: true, jpegQuality: 30 },
];

/** All subsets of up to two statements. */
const COMBINED: readonly (readonly Evidence[])[] = [
  [],
  ...STATEMENTS.map((one) => [one]),
  ...STATEMENTS.flatMap((one, index) => STATEMENTS.slice(index + 1).map((other) => [one, other])),
];

function* pictureVerdicts(): Generator<Verdict> {
  for (const [name, thresholds] of Object.entries(PACKS)) {
    const manifest = { name, version: '1.0.0', tier: 'quick', thresholds: { ...thresholds, meaning: '' } };
    for (const probability of PROBABILITIES) {
      // The members of a manifest that evidence is made of.
      const seen = classifierEvidence(manifest as never, { logit: 0, probability } as never);
      for (const found of COMBINED)
        for (const facts of FACTS) yield fuse([...found, seen], probability, name, thresholds, facts);
    }
  }
}

/** Verdicts of videos, of frames at one level with a stretch at another. */
function* videoVerdicts(): Generator<Verdict> {
  for (const thresholds of Object.values(PACKS)) {
    const pack = { name: 'quick', version: '1.0.0', tier: 'quick' as const, thresholds };
    for (const enough of [true, false])
      for (const level of [-4, -1, -0.3, 0, 0.6, 2, 5])
        for (const names of ['part', 'differing', 'face', 'none'])
          for (const findings of [findingsAt(level, enough, names, 4), findingsAt(level, enough, names, 9)])
            for (const one of [[], ...STATEMENTS.map((one) => [one === BLENDED.picture ? BLENDED.video : one])])
              for (const facts of FACTS.slice(0, 2))
                yield fuseVideo(findings, one, pack, { ...facts, kind: 'video' }).verdict;
  }
}

function findingsAt(logit: number, enough: boolean, names: string, other: number): TimelineFindings {
  const shot = { start: 20, end: 27, logit: other, frames: 8, moments: [] };
  const face = { track: 0, start: 20, end: 27, frames: 8, logit: other, probability: 0.9, around: logit };
  return {
    framesAnalyzed: enough ? 24 : 2,
    enough,
    logit,
    shots: 3,
    part: names === 'part' ? shot : undefined,
    differing: names === 'differing' ? shot : undefined,
    face: names === 'face' ? face : undefined,
    highestShot: names === 'none' ? logit : other,
    unseen: 0,
    showsFaces: names === 'face',
  };
}

/** Records as they were written before there were five words. */
function* oldVerdicts(): Generator<Verdict> {
  for (const { leaning: _, marks: __, ...verdict } of pictureVerdicts()) {
    const reasons = verdict.reasons.map((reason) =>
      reason.code.startsWith('model-leans') || reason.code === 'model-outweighed'
        ? {
            ...reason,
            code: 'model-undecided' as const,
            direction: 'neutral' as const,
            text: 'The model cannot tell this picture apart.',
          }
        : reason,
    );
    yield alignVerdict({ ...verdict, confidence: 'low', reasons });
  }
}

const keyOf = (verdict: Verdict): string =>
  [
    stepOf(verdict),
    Math.round(verdict.probability * 10),
    ...verdict.reasons.map(({ code, direction }) => code + direction),
    ...verdict.caveats.map(({ code }) => code),
  ].join();

const DISTINCT = [
  ...new Map([...pictureVerdicts(), ...videoVerdicts(), ...oldVerdicts()].map((one) => [keyOf(one), one])).values(),
];

function reportWords(record: ResultRecord, language: Language): string[] {
  const texts = reportTexts(language);
  const report: EvidenceReport = {
    format: 'touchstone-evidence-report',
    version: 1,
    createdAt: '2026-05-03T10:00:00Z',
    touchstone: { version: '1.2.3' },
    record,
    leftOut: { privateFacts: 0, earlierPage: false },
    settings: { quickPack: null, thoroughPack: null, keepOriginals: false, retentionDays: null },
    chain: null,
    picture: { from: 'none', sameBytes: null, image: null },
    peaks: [],
    explanation: null,
    limits: [],
  };
  // The table of all evidence lists what each producer found by itself, with its own direction: it is not the verdict.
  const [verdict = ''] = renderHtml(report, texts).split(`<h2>${texts.headings.capture}`);
  return verdict
    .replace(/<\/?(?:bdi|span)[^>]*>/g, '')
    .split(/<[^>]*>/)
    .map((text) => text.trim());
}

const tableWords = (record: ResultRecord): string[] =>
  outcomeTable([{ file: 'a', index: 0, ms: 1, record }], 4000, pc.createColors(false))
    .split(/[│\n]/)
    .flatMap((cell) => cell.split(/(?<=\.)\s/))
    .map((text) => text.trim());

describe('no two sentences of one surface disagree', () => {
  it('and there are hundreds of different verdicts to try', () => {
    expect(DISTINCT.length).toBeGreaterThan(400);
    expect(new Set(DISTINCT.map(stepOf)).size).toBe(5);
  });

  it.each(LANGUAGES)('in a report (%s)', (language) => {
    for (const verdict of DISTINCT) {
      const words = reportWords(generatedRecord(0, { verdict }), language);
      // The word of the scale, why it is that, and the number: what nobody understands contradicts nothing.
      expect(claimsCounted(words, language)).toBeGreaterThanOrEqual(3);
      expect(contradictionsIn(words, language), keyOf(verdict)).toEqual([]);
    }
  });

  it('in a row of the table', () => {
    for (const verdict of DISTINCT) {
      expect(contradictionsIn(tableWords(generatedRecord(0, { verdict }))), keyOf(verdict)).toEqual([]);
    }
  });

  it('in a line of JSON: the step is that of the words beside it', () => {
    for (const verdict of DISTINCT) {
      const record = generatedRecord(0, { verdict });
      const line = JSON.parse(jsonLine({ file: 'a', index: 0, ms: 1, record }));
      const words = [
        textOf('en', `step-${line.step as Step}`),
        textOf('en', 'probability-likely', { percent: probabilityText(line.probability, 'en') }),
        ...line.reasons.map(({ text }: { text: string }) => text),
        ...line.caveats.map(({ text }: { text: string }) => text),
      ];
      expect(contradictionsIn(words), keyOf(verdict)).toEqual([]);
    }
  });

  it('the stored value, the leaning and the number give the same step', () => {
    for (const verdict of DISTINCT) {
      const step = stepOf(verdict);
      expect(verdict.value).toBe(verdictValueOf(step));
      // A file's own word may decide at any number above the mark; a number alone is never beyond its word.
      if (verdict.value === 'uncertain')
        expect([step, 'unclear'], keyOf(verdict)).toContain(
          { 'likely-ai': 'leans-ai', 'likely-authentic': 'leans-authentic' }[
            stepAt(verdict.probability, scaleMarks(verdict.marks)) as string
          ] ?? stepAt(verdict.probability, scaleMarks(verdict.marks)),
        );
    }
  });

  it('aligning twice changes nothing', () => {
    for (const verdict of DISTINCT) expect(alignVerdict(verdict)).toEqual(verdict);
  });

  it('are kept for the surfaces of the extension and the history page; "vitest run THIS-FILE -u" writes them anew', async () => {
    const some = DISTINCT.filter((_, index) => index % 5 === 0);
    await expect(`${JSON.stringify(some)}\n`).toMatchFileSnapshot('../../../shared/src/present/fixtures/verdicts.json');
  });
});

describe('the check of contradictions', () => {
  it.each([
    ['the card of an undecided picture', ['Uncertain', '96% likely AI', 'Low confidence', 'AI likely']],
    ['a number beside a model that has no opinion', ['96% likely AI', 'The model cannot tell this picture apart.']],
    [
      'a strong word beside a weak one',
      ['Likely AI', 'High confidence', 'The signer is not on the trust list, so what they say weighs little.'],
    ],
    ['a reason for the other side', ['Likely AI', 'The model finds the patterns that camera pictures have.']],
    ['a number for the other side', ['Leans authentic', 'Chance of AI: 96%']],
    [
      'a verdict where the sentence only leans',
      ['Likely AI', 'The model finds more here that is typical of generated pictures, but not enough to decide.'],
    ],
  ])('finds them in %s', (_, said) => {
    expect(contradictionsIn(said)).not.toEqual([]);
  });
});
