import type { CompanionStatus } from '@touchstone/shared';
import type { PairingAnswer, Readiness } from '@touchstone/shared/api';
import type { Logger } from 'pino';
import type { JobLedger } from '../jobs/job-ledger.ts';
import type { LiveOpinions } from '../live/live-opinions.ts';
import type { WaitingTracks } from '../live/waiting-tracks.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import type { Meters } from '../metrics/meters.ts';
import type { Notices } from '../notices/notices.ts';
import type { PairingCodes } from '../pairing/pairing-codes.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { RecentPictures } from '../pipeline/recent-pictures.ts';
import type { OneTimeTokens } from '../session/one-time-tokens.ts';
import type { Sessions } from '../session/sessions.ts';
import type { BrowserStore } from '../settings/browser-store.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { CaseStore } from '../store/case-store.ts';
import type { Contents } from '../store/contents.ts';
import type { History } from '../store/record-store.ts';
import type { TokenStore } from '../tokens/token-store.ts';
import type { Tracing } from '../tracing/tracing.ts';
import type { Trainings } from '../training/trainings.ts';
import type { VideoChecker } from '../video-file/video-checker.ts';
import type { WebhookStore } from '../webhooks/webhook-store.ts';
import type { Admission } from './access.ts';
import type { ConnectionPlaces } from './connection-places.ts';
import type { Connections } from './socket/connections.ts';
import type { SocketDoor } from './socket/socket-door.ts';

/** What the gateway is given: the rooms behind it, and its keys. */
export interface GatewayOptions {
  readonly pipeline: Pipeline;
  readonly videos: VideoChecker;
  readonly log: History;
  readonly cases: CaseStore;
  /** Checks that were accepted and outlast the companion. */
  readonly ledger: JobLedger;
  /** Data sets, and packs taught on them. */
  readonly trainings: Trainings;
  /** Where their content goes before they are accepted. */
  readonly contents: Contents;
  readonly recent: RecentPictures;
  readonly settings: SettingsStore;
  readonly browsers: BrowserStore;
  readonly tokens: TokenStore;
  /** Who is told of the ends of checks. */
  readonly webhooks: WebhookStore;
  readonly logger: Logger;
  /** Counts what is asked and answered. */
  readonly meters: Meters;
  /** Follows requests and their checks, where a person asked for it. */
  readonly tracing?: Tracing | undefined;
  /** What goes wrong now and is survived, for the status. */
  readonly notices: Notices;
  /** 0 takes any free port. */
  readonly port: number;
  /** 256 random bits, base64url; what the owner's programs prove themselves with. */
  readonly controlToken: string;
  /** Socket or named pipe for the owner's programs. */
  readonly controlSocket: string;
  readonly version: string;
  /** Folder of the built history page; it may be missing. */
  readonly historyFolder: string;
  /** Streams of events of one kind at the same time, of everybody together; one person has less. Default: as many as one person. */
  readonly streamsAtOnce?: number | undefined;
  /** Where videos lie while they are checked. */
  readonly spoolFolder: string;
  /** Folder of everything that is kept. */
  readonly dataFolder: string;
  /** Called when the command line asks the companion to stop. */
  readonly onShutdown: () => void;
}

/** What routes and sockets share. */
export interface GatewayContext extends GatewayOptions {
  readonly codes: PairingCodes;
  readonly links: OneTimeTokens;
  readonly sessions: Sessions;
  readonly connections: Connections;
  readonly places: ConnectionPlaces;
  readonly admission: Admission;
  /** Who may come in by the socket. */
  readonly door: SocketDoor;
  /** Whether the people of a team are let in, and not the one person of this computer. */
  readonly isOfTeam?: true;
  /** One for all connections: live frames come first. */
  readonly liveOpinions: LiveOpinions;
  /** Playing videos whose connection went away a moment ago. */
  readonly waiting: WaitingTracks;
  readonly metrics: Metrics;
  /** Whether work is taken and gets done. */
  readonly readiness: () => Promise<Readiness>;
  /** Aborts when the gateway closes. */
  readonly signal: AbortSignal;
  /** The port in use. */
  boundPort(): number;
  /** `http(s)://host[:port]`, under which whoever asks reaches the server. */
  baseUrl(): string;
  /** True from the moment on which no new work is taken. */
  draining(): boolean;
  status(): CompanionStatus;
  newPairing(): PairingAnswer;
  newHistoryLink(recordId?: string): string;
}
