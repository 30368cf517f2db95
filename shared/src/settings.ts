import * as v from 'valibot';
import { FiniteNumber } from './finite-number.ts';

/** Ten years. */
export const MAX_RETENTION_DAYS = 3650;
/** Least that a history may be limited to, in bytes: an empty one has 0.2 MB, and a thousand records with pictures some 30. */
export const MIN_RETENTION_BYTES = 50_000_000;
/** More than a disk of a person holds, in bytes. */
export const MAX_RETENTION_BYTES = 100_000_000_000_000;

/** The companion's own settings; a person may open and edit the file. */
export const CompanionSettings = v.object({
  recordingPaused: v.optional(v.boolean(), false),
  /** Days after which records are deleted; null keeps them. */
  retentionDays: v.optional(
    v.nullable(v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(MAX_RETENTION_DAYS))),
    null,
  ),
  /** Bytes that records with their pictures may take; the oldest go first. Absent or null: no limit. */
  retentionBytes: v.optional(
    v.nullable(v.pipe(FiniteNumber, v.integer(), v.minValue(MIN_RETENTION_BYTES), v.maxValue(MAX_RETENTION_BYTES))),
  ),
  keepThumbnails: v.optional(v.boolean(), true),
  keepOriginals: v.optional(v.boolean(), false),
  /** Pack for each tier; null lets the companion choose. */
  quickPack: v.optional(v.nullable(v.string()), null),
  thoroughPack: v.optional(v.nullable(v.string()), null),
  /** Public packs that a start has offered already: nobody is asked twice. */
  offeredPacks: v.optional(v.array(v.string())),
});
export type CompanionSettings = v.InferOutput<typeof CompanionSettings>;

export const SettingsPatch = v.partial(CompanionSettings);
export type SettingsPatch = v.InferOutput<typeof SettingsPatch>;

export const AUTO_CHECK_MODES = ['ask', 'watched', 'everywhere'] as const;

/** Services that look for a picture by its address. */
export const IMAGE_SEARCHES = ['none', 'google', 'bing', 'tineye', 'yandex'] as const;
export type ImageSearch = (typeof IMAGE_SEARCHES)[number];

/** The extension's settings, in `storage.local`. */
export const ExtensionSettings = v.object({
  autoCheck: v.optional(v.picklist(AUTO_CHECK_MODES), 'ask'),
  /** Host names on which pictures are checked without asking (mode `watched`). */
  watchedSites: v.optional(v.array(v.string()), () => []),
  /** Host names never checked automatically (mode `everywhere`). */
  mutedSites: v.optional(v.array(v.string()), () => []),
  allowPrivate: v.optional(v.boolean(), false),
  /** Displayed shorter side, in CSS pixels, below which a picture is left alone by automatic checks. */
  minimumSide: v.optional(v.pipe(FiniteNumber, v.minValue(32), v.maxValue(1024)), 120),
  /** Whether playing videos on checked sites get a badge by themselves. */
  checkVideos: v.optional(v.boolean(), true),
  /** Displayed shorter side, in CSS pixels, below which a video is left alone by automatic checks. */
  minimumVideoSide: v.optional(v.pipe(FiniteNumber, v.minValue(64), v.maxValue(1024)), 160),
  /** Whether badges of automatic checks are shown for "Likely AI" alone. */
  onlyLikelyAi: v.optional(v.boolean(), false),
  /** Opened only when a person presses the button on a card. */
  imageSearch: v.optional(v.picklist(IMAGE_SEARCHES), 'none'),
  language: v.optional(v.string(), 'auto'),
  badgeCorner: v.optional(v.picklist(['top-start', 'top-end', 'bottom-start', 'bottom-end']), 'top-end'),
});
export type ExtensionSettings = v.InferOutput<typeof ExtensionSettings>;
export const ExtensionSettingsPatch = v.partial(ExtensionSettings);
export type ExtensionSettingsPatch = v.InferOutput<typeof ExtensionSettingsPatch>;
