import type { PackInput, RawPicture, ViewBatch, ViewSource } from '@touchstone/models';
import type { Evidence, FileFact, ForensicView, Lane } from '@touchstone/shared';
import type { Animation } from '../containers/animation.ts';
import type { PictureHeader } from '../intake/picture-header.ts';
import type { PictureFormat } from '../intake/sniff.ts';

export interface WantedFacts {
  readonly thumbnail?: boolean;
  /** Hidden marks; of pictures that may carry them. */
  readonly watermark?: boolean;
  /** Settings hidden in the lowest bits; of pictures whose pixels are the file's own. */
  readonly hiddenText?: boolean;
  /** Earlier saves of a JPEG that is shown as it is stored. */
  readonly resave?: boolean;
}

/** What the decoded pixels say beside what a pack says. */
export interface PixelFacts {
  /** HASH_SAMPLE_SIDE squared bytes of luminance, row by row, stretched to a square. */
  readonly grey: Uint8Array;
  /** 0..1 */
  readonly flatness: number;
  readonly marks: readonly Evidence[];
  readonly saves: readonly FileFact[];
  /** WebP. */
  readonly thumbnail: Uint8Array | undefined;
}

/** Whole pixels of a picture, right and bottom not included. */
export interface PixelArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface MagnifierPlace {
  /** Centre, in parts of the picture's width and height, 0..1. */
  readonly x: number;
  readonly y: number;
  /** Pixels on the screen for one pixel of the picture, along each side. */
  readonly zoom: number;
}

export interface DecodeRequest {
  /** Encoded. */
  readonly bytes: Uint8Array;
  readonly format: PictureFormat;
  /** Default `asked`. */
  readonly lane?: Lane | undefined;
  /** Aborting rejects with `cancelled`; what is under way is abandoned, and ended if it goes on for long. */
  readonly signal?: AbortSignal | undefined;
}

/** A decoded picture, which lies in another process until it is released. */
export interface OpenPicture extends ViewSource {
  /** The file lacks its end, though every row is there. */
  readonly cut: boolean;
  /** Decoded at half its sides: it has more than MAX_PIXELS. */
  readonly halved: boolean;
  /** What the pixels say beside what a pack says. */
  facts(wanted: WantedFacts): Promise<PixelFacts>;
  /** The picture smaller, never larger, as `makeMiniature` makes it. @param longerSide in pixels */
  miniature(longerSide: number): Promise<RawPicture>;
  /** Views of a part alone, as `prepareViews` makes them of a picture that is no more than that. */
  viewsOfPart(area: PixelArea, input: PackInput): Promise<ViewBatch>;
  /** All pixels; nobody but frames of videos needs them. */
  pixels(): Promise<RawPicture>;
  /** Gives the memory back, that of its views too. Nothing else may be asked afterwards, nor any views be looked at. */
  release(): void;
}

/** An encoded animation that lies in another process until it is released. */
export interface OpenAnimation {
  readonly animation: Animation;
  readonly width: number;
  readonly height: number;
  /** One frame at the size at which frames of videos are judged. @param page counted from 0 */
  frame(page: number): Promise<RawPicture>;
  release(): void;
}

/**
 * Everything that is done to encoded pictures of others, in processes of its own that are ended at their limits.
 * All of it throws TouchstoneError: `broken-picture`, `too-many-pixels`, `too-long`, `too-small`, `decode-limit`,
 * `cancelled`, `shutting-down`.
 */
export interface PictureDecoder {
  /** Size, frames and metadata blocks, with the limits of pictures applied. */
  readHeader(request: DecodeRequest): Promise<PictureHeader>;
  /**
   * Decodes once, at full size, as the packs were measured (models/packs/FORMAT.md, "Decoding").
   * @param first pack whose views are made with it
   */
  open(request: DecodeRequest, first?: PackInput): Promise<OpenPicture>;
  /** An expert view as WebP. */
  expertView(request: DecodeRequest, view: ForensicView, place: MagnifierPlace): Promise<Uint8Array>;
  /** A copy for a report, without metadata, as WebP. */
  copyForReport(request: DecodeRequest): Promise<{ data: Uint8Array; width: number; height: number }>;
  /** A small JPEG of a picture that lies in another one as a thumbnail. */
  thumbnail(request: DecodeRequest): Promise<Uint8Array>;
  /** @throws also `unsupported-format` for what is no animation */
  openAnimation(request: Omit<DecodeRequest, 'format'>): Promise<OpenAnimation>;
  /** Starts a process ahead of the first picture. */
  warm(): void;
  /** Processes that run now. */
  processes(): number;
  /** Ends all processes, whatever they do. */
  close(): Promise<void>;
}
