/** Limits of video files. Their containers and bitstreams are hostile until decoded, so each of them is checked twice. */

/** Width x height of one decoded frame: 8K UHD is 33 MP. */
export const MAX_FRAME_PIXELS = 36_000_000;

/** Longest video that is looked at; what lies beyond is left out. Seconds. */
export const MAX_DURATION_SECONDS = 12 * 3600;

/** Resident memory of the decoder's process: 4K HEVC takes 600 MB, 8K more than a gigabyte. Bytes. */
export const MAX_DECODER_MEMORY = 2 * 1024 ** 3;

/** JavaScript heap of the decoder's process, where the container's tables lie: two hours take 60 MB. Megabytes. */
export const DECODER_HEAP_MB = 384;

/** A decoder that says nothing for so long is stuck; on a busy machine its slowest step takes half of this. Milliseconds. */
export const STALL_MS = 60_000;

/** One file may be decoded this long; then what was seen is judged. Milliseconds. */
export const DECODE_DEADLINE_MS = 15 * 60_000;
