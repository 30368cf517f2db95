import { loadLibrary } from './frame-decoder.ts';

/** A program that ends with 0 where the decoder's library can be loaded, and with 1 where it cannot. */
try {
  await loadLibrary();
} catch {
  process.exitCode = 1;
}
