import type { Frame } from 'node-av/lib';
import type { Library } from './frame-decoder.ts';

/** From this height on, video that names no colour matrix is taken for HDTV's, as browsers do. */
const HD_LINES = 720;

/**
 * Colours as the container states them, or the bitstream where the container is silent; by the names of WebCodecs, of which
 * TypeScript does not know all.
 */
export interface StatedColours {
  readonly primaries?: string | null | undefined;
  readonly transfer?: string | null | undefined;
  readonly matrix?: string | null | undefined;
}

/**
 * Gives a frame the colours that its file states, where the decoder found none: it sees the bitstream alone, and many
 * programs write them into the container only. A film for HDR screens would else be judged as a grey veil.
 * @param frame is changed
 */
export function completeColours(frame: Frame, stated: StatedColours, { constants }: Library): void {
  if (frame.colorSpace === constants.AVCOL_SPC_UNSPECIFIED) {
    const isHd = Math.min(frame.width, frame.height) >= HD_LINES;
    frame.colorSpace =
      {
        bt709: constants.AVCOL_SPC_BT709,
        bt470bg: constants.AVCOL_SPC_BT470BG,
        smpte170m: constants.AVCOL_SPC_SMPTE170M,
        'bt2020-ncl': constants.AVCOL_SPC_BT2020_NCL,
      }[String(stated.matrix)] ?? (isHd ? constants.AVCOL_SPC_BT709 : frame.colorSpace);
  }
  if (frame.colorTrc === constants.AVCOL_TRC_UNSPECIFIED && stated.transfer === 'pq') {
    frame.colorTrc = constants.AVCOL_TRC_SMPTE2084;
  }
  if (frame.colorPrimaries === constants.AVCOL_PRI_UNSPECIFIED && stated.primaries === 'bt2020') {
    frame.colorPrimaries = constants.AVCOL_PRI_BT2020;
  }
}
