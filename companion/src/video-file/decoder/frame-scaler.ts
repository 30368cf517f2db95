import type { RawPicture } from '@touchstone/models';
import type { Frame } from 'node-av/lib';
import { frameSize } from '../../decode/frame-size.ts';
import { DecoderFailed } from './decoder-failed.ts';
import { completeColours, type StatedColours } from './frame-colours.ts';
import type { Library } from './frame-decoder.ts';
import { type Rotation, rotatePicture } from './rotate.ts';

/**
 * Turns decoded frames into upright RGB pictures of the size that the packs need.
 * @returns a function that throws DecoderFailed when a frame cannot be converted
 */
export function createFrameScaler(
  library: Library,
  {
    pixelShape,
    rotation,
    colours,
  }: { readonly pixelShape: number; readonly rotation: Rotation; readonly colours: StatedColours },
): (frame: Frame) => RawPicture {
  const { lib, constants } = library;
  // Set up by the first frame and anew whenever frames change their size or format.
  const scaler = new lib.SoftwareScaleContext();
  scaler.allocContext();
  let target: Frame | undefined;

  function targetFor(frame: Frame, width: number, height: number): Frame {
    if (target && target.width === width && target.height === height) return target;
    target?.free();
    target = new lib.Frame();
    target.alloc();
    target.width = width;
    target.height = height;
    target.format = constants.AV_PIX_FMT_RGB24;
    target.colorSpace = constants.AVCOL_SPC_RGB;
    target.colorRange = constants.AVCOL_RANGE_JPEG;
    // PQ (HDR10) is brought into the range of a screen, which takes 3 s of one core once a file. Other colours stay as
    // they are: HLG was made to be shown so.
    const isPq = frame.colorTrc === constants.AVCOL_TRC_SMPTE2084;
    target.colorPrimaries = isPq ? constants.AVCOL_PRI_BT709 : frame.colorPrimaries;
    target.colorTrc = isPq ? constants.AVCOL_TRC_BT709 : frame.colorTrc;
    if (target.getBuffer() < 0) throw new DecoderFailed('video-unreadable', 'no memory for a frame');
    return target;
  }

  return (frame) => {
    const { width, height } = frameSize(frame, pixelShape);
    completeColours(frame, colours, library);
    const rgb = targetFor(frame, width, height);
    if (scaler.scaleFrameSync(rgb, frame) < 0) throw new DecoderFailed('video-unreadable', 'a frame has no RGB form');
    // Packed rows; the buffer is a copy.
    return rotatePicture({ data: rgb.toBuffer(), width, height }, rotation);
  };
}
