import type {
  CaptureSource,
  CompanionSettings,
  CompanionStatus,
  Explanation,
  Lane,
  ProviderReason,
  ResultRecord,
} from '@touchstone/shared';
import type { Logger } from 'pino';
import type { ProgressStage } from '../analysis/analyse-picture.ts';
import type { ExplainRequest } from '../analysis/explainer.ts';
import type { FaceJudge } from '../analysis/face-judge.ts';
import type { Frame, FrameRequest, JudgedFrame } from '../analysis/frame-judge.ts';
import type { Looker } from '../analysis/picture-look.ts';
import type { PictureDecoder } from '../decode/picture-decoder.ts';
import type { ProvenanceFindings } from '../evidence/provenance/provenance-reader.ts';
import type { FaceFinder } from '../faces/face-finder.ts';
import type { Observer } from '../observe/observer.ts';
import type { PackControl } from '../packs/pack-control.ts';
import type { Contents } from '../store/contents.ts';
import type { EmbeddingStore } from '../store/embedding-store.ts';
import type { JobClaim } from '../store/job-claim.ts';
import type { History } from '../store/record-store.ts';
import type { RecentPictures } from './recent-pictures.ts';

export interface CheckRequest {
  readonly source: CaptureSource;
  readonly lane: Lane;
  /** Encoded picture, at most MAX_CAPTURE_BYTES. */
  readonly bytes: Uint8Array;
  /** Judge anew even if the same bytes are in the log. */
  readonly fresh?: boolean;
  /** Pack by name (its version in use) or `name@version` instead of the tier's choice. */
  readonly pack?: string;
  /** Id of the record that this check repeats, with another pack or a newer Touchstone. */
  readonly recheckOf?: string;
  /** Aborting rejects with `cancelled`; work that has not started is dropped. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (stage: ProgressStage) => void;
  /** Is told when nothing is left but to write the record down: whoever keeps so many in work may begin another. */
  readonly onJudged?: () => void;
  /** Who sends it, in any words: clients of one lane take turns. */
  readonly client?: string;
  /** The job that this check is: it ends with the record, in the same transaction. */
  readonly job?: JobClaim;
  /** Packs that the tiers choose from, where they are not those of the settings of this moment. */
  readonly choices?: Pick<CompanionSettings, 'quickPack' | 'thoroughPack'>;
  /** W3C `traceparent` of whoever asked, where checks are traced. */
  readonly trace?: string | undefined;
}

export interface PipelineStatus {
  readonly provider: string;
  /** In English. */
  readonly providerReason: string;
  readonly providerWhy?: ProviderReason | undefined;
  readonly packs: CompanionStatus['packs'];
  /** Names of the packs the tiers use now. */
  readonly inUse: { quick: string | null; thorough: string | null };
  readonly queued: Record<Lane, number>;
  readonly workerRestarts: number;
}

/** Capture in, record out: intake, lanes, decode, evidence, verdict, log. */
export interface Pipeline {
  /**
   * @returns the record, already in the log (unless private or paused: then `logged` is false)
   * @throws TouchstoneError with a code for every kind of bad input
   */
  check(request: CheckRequest): Promise<ResultRecord>;
  /**
   * Judges one frame of a video, or a face cut from it: no metadata, no verdict, no record.
   * @param frame encoded bytes, or RGB pixels
   * @throws TouchstoneError as `check`
   */
  judgeFrame(frame: Frame, request: FrameRequest): Promise<JudgedFrame>;
  /** How blended a face of a frame looks; video/watch-blending.ts asks over time. */
  readonly judgeFace: FaceJudge;
  /** What a pack's graph sees in a picture, for teaching another head: no verdict, no record. */
  readonly looker: Looker;
  /** Where faces are in a frame; video/watch-faces.ts follows them through a video. */
  readonly faces: FaceFinder;
  /** What is installed, used and removed while it runs. */
  readonly packs: PackControl;
  /** Whoever else has encoded pictures of others in hand gives them to this. */
  readonly decoder: PictureDecoder;
  /**
   * Where in a picture the score of its record comes from. At most twelve runs of the graph.
   * @throws TouchstoneError `pack-unknown` when the record's pack is gone, else as `check`
   */
  explain(request: ExplainRequest): Promise<Explanation>;
  /**
   * Content Credentials of a file without judging it: encoded bytes, or the path of a video of up to 2 GiB.
   * @returns undefined for a file without any, found out in under a millisecond
   * @throws TouchstoneError `file-unreadable`, `cancelled`, `shutting-down`; never for what is in the file
   */
  readProvenance(input: Uint8Array | string, signal?: AbortSignal): Promise<ProvenanceFindings | undefined>;
  status(): PipelineStatus;
  /** Stops taking work, finishes what was accepted (at most `graceMs`), then ends the workers. */
  close(graceMs?: number): Promise<void>;
}

export interface PipelineOptions {
  /** Absent: nothing is remembered (a single run of the command line without a companion). */
  readonly log?: History;
  /** Where originals go; absent: none are kept. */
  readonly contents?: Contents;
  /** Where what the packs saw goes, for other heads on the same encoder; absent: none is kept. */
  readonly embeddings?: EmbeddingStore;
  /** Is shown every picture that was checked; absent where nobody asks for it again. */
  readonly recent?: RecentPictures;
  /** Read at every capture, so that changes take effect at once. */
  readonly settings: () => CompanionSettings;
  readonly logger: Logger;
  /** Folders that hold packs, later ones win by name. */
  readonly packFolders: readonly string[];
  /** Folder with the user's own trust lists for Content Credentials; absent: only the bundled ones. */
  readonly trustFolder?: string;
  /** Force an execution provider; default picks the fastest that passes its self-test. */
  readonly provider?: string;
  /** Is told how each check went; absent: nobody is. */
  readonly observer?: Observer;
}
