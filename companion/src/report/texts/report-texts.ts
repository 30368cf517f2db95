import type {
  CaptureKind,
  CapturePath,
  CaveatCode,
  CompanionSettings,
  Confidence,
  Direction,
  Evidence,
  FileFact,
  Label,
  Lane,
  Place,
  ProvenanceState,
  ReasonCode,
  SentenceTable,
  VerdictValue,
} from '@touchstone/shared';
import type { ActionKind, FailureKind } from '@touchstone/shared/present';
import type { Language } from '@touchstone/shared/words';

/** Every word of a report in one language. `{name}` places are filled. */
export interface ReportTexts {
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  readonly title: string;
  readonly created: string;
  readonly verdicts: Readonly<Record<VerdictValue, string>>;
  readonly probability: string;
  readonly confidences: Readonly<Record<Confidence, string>>;
  readonly yes: string;
  readonly no: string;
  readonly none: string;
  readonly headings: Readonly<
    Record<
      | 'picture'
      | 'heatMap'
      | 'reasons'
      | 'caveats'
      | 'limits'
      | 'capture'
      | 'model'
      | 'evidence'
      | 'provenance'
      | 'facts'
      | 'timeline'
      | 'timings'
      | 'chain'
      | 'earlier',
      string
    >
  >;
  /** What the verdict does not mean. */
  readonly limits: readonly string[];
  readonly heatMapNote: string;
  readonly heatMapLegend: string;
  readonly regions: string;
  readonly spread: string;
  readonly places: Readonly<Record<Place, string>>;
  readonly noPicture: string;
  readonly smallCopy: string;
  readonly otherBytes: string;
  readonly sameBytes: string;
  readonly capture: Readonly<
    Record<
      | 'record'
      | 'time'
      | 'address'
      | 'page'
      | 'pageTitle'
      | 'fileName'
      | 'kind'
      | 'path'
      | 'lane'
      | 'mediaTime'
      | 'format'
      | 'size'
      | 'bytes'
      | 'frames'
      | 'sha256'
      | 'perceptualHash'
      | 'label'
      | 'recheckOf',
      string
    >
  >;
  readonly kinds: Readonly<Record<CaptureKind, string>>;
  readonly paths: Readonly<Record<CapturePath, string>>;
  readonly lanes: Readonly<Record<Lane, string>>;
  readonly labels: Readonly<Record<Label, string>>;
  readonly model: Readonly<
    Record<'pack' | 'version' | 'sha256' | 'tier' | 'provider' | 'touchstone' | 'settings', string>
  >;
  readonly settings: Readonly<
    Record<keyof Pick<CompanionSettings, 'quickPack' | 'thoroughPack' | 'keepOriginals' | 'retentionDays'>, string>
  >;
  readonly byDefault: string;
  readonly keptForEver: string;
  readonly evidence: Readonly<Record<'kind' | 'finding' | 'direction' | 'strength' | 'details', string>>;
  readonly evidenceKinds: Readonly<Record<Evidence['kind'], string>>;
  readonly directions: Readonly<Record<Direction, string>>;
  readonly provenance: Readonly<
    Record<
      | 'state'
      | 'signer'
      | 'issuer'
      | 'claimGenerator'
      | 'signedAt'
      | 'trustList'
      | 'interim'
      | 'actions'
      | 'ingredients'
      | 'failures'
      | 'remote'
      | 'byModel',
      string
    >
  >;
  readonly states: Readonly<Record<ProvenanceState, string>>;
  readonly actions: Readonly<Record<ActionKind, string>>;
  readonly failures: Readonly<Record<FailureKind, string>>;
  readonly factGroups: Readonly<Record<FileFact['group'], string>>;
  readonly privateFactsLeftOut: string;
  readonly timeline: Readonly<
    Record<
      | 'duration'
      | 'live'
      | 'frames'
      | 'shot'
      | 'from'
      | 'to'
      | 'probability'
      | 'media'
      | 'stoppedEarly'
      | 'chart'
      | 'peak',
      string
    >
  >;
  readonly timings: Readonly<Record<'queue' | 'decode' | 'evidence' | 'inference' | 'total', string>>;
  readonly milliseconds: string;
  readonly chain: Readonly<
    Record<'position' | 'digest' | 'hash' | 'state' | 'unchanged' | 'changed' | 'none' | 'note', string>
  >;
  /** {date}, {page}, {verdict} */
  readonly seenSame: string;
  readonly seenSimilar: string;
  readonly somewhere: string;
  readonly print: string;
  readonly reasonSentences: Readonly<Record<ReasonCode, string>>;
  readonly caveatSentences: Readonly<Record<CaveatCode, string>>;
  /** What travels by code; null for English. */
  readonly translation: SentenceTable | null;
}
