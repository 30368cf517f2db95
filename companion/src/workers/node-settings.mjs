/**
 * With what Node runs the companion, whoever starts it: a clone, a package, a container, the computer itself at a person's login. Plain
 * JavaScript, because scripts read it before any package is installed.
 */

/**
 * Of every process. Garbage is collected where it was made: threads for that cost a tenth of the processor time of a picture, for heaps of
 * 40 MB.
 */
export const BARE_NODE_FLAGS = ['--disable-warning=ExperimentalWarning', '--single-threaded-gc'];

/**
 * Of the companion: also a small young generation, because pictures do not live in it, and it would keep 20 MB; and the right to
 * collect garbage when it rests (keep-small.ts). Not in steps: V8 begins them whenever 12 MB of pixels were taken since the last time, though
 * they are given back without it, and 30 s of video had it look through 22 MB four times (a quarter of the main thread's time; in one go
 * it takes 40 ms, once a file). No larger heap to begin with (`--initial-heap-size`, `--min-semi-space-size`), though it
 * spares a start 60 ms: every thread would have one, and keep what nobody collects there (100 MB after 800 pictures).
 */
export const NODE_FLAGS = [...BARE_NODE_FLAGS, '--no-incremental-marking', '--max-semi-space-size=4', '--expose-gc'];

/**
 * Of a process that does one thing after another and that nobody waits for between them: garbage is collected in one go, and not
 * before there are some dozens of megabytes of it. In steps, from the first megabytes on, it cost a quarter of the processor time of a
 * picture (measured: 32 ms of the decoders' own threads a full-HD picture, 11 ms so).
 */
export const DECODER_NODE_FLAGS = [
  ...BARE_NODE_FLAGS,
  '--no-incremental-marking',
  '--initial-heap-size=128',
  '--expose-gc',
];

/**
 * glibc gives the memory of decoded pictures and of the loaded model back at once (60 MB), in huge pages so that it costs 1 ms a picture
 * instead of 4. Other systems ignore it.
 */
export const GLIBC_TUNABLES = 'glibc.malloc.arena_max=2:glibc.malloc.mmap_threshold=131072:glibc.malloc.hugetlb=1';

/**
 * Of a process that decodes one picture after another: the memory of one takes the next, up to 5 megapixels, and is not cleared anew each
 * time (measured: a quarter of the decoding of a full-HD picture was clearing); what larger ones leave goes back.
 */
export const DECODER_GLIBC_TUNABLES =
  'glibc.malloc.arena_max=2:glibc.malloc.mmap_threshold=16777216:glibc.malloc.trim_threshold=33554432:glibc.malloc.hugetlb=1';
