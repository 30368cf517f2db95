/** A picture's manifest takes 20 to 90 ms to validate on two slow cores; past this the thread is ended. */
export const PICTURE_TIME_LIMIT_MS = 2_000;

/** Longest pause after threads that died over one file after the other: the files of others wait for it. Milliseconds. */
export const LONGEST_PAUSE_MS = 400;

/**
 * A file whose check was cancelled may still finish within this, in milliseconds: most pictures need 20 to 90, and ending
 * the thread costs the next file a start of 80 or more. A long video would hold it for a minute.
 */
export const CANCELLED_GRACE_MS = 200;

/**
 * Files read piece by piece get this much more, since their whole content has to be hashed: 10 ms of processor time a
 * megabyte, measured up to 1.2 GB, and a busy computer gives a thread a fifth of a processor.
 */
export const TIME_PER_MEGABYTE_MS = 50;

/**
 * Memory of the WebAssembly module, which cannot grow beyond. Measured: 40 MB for a picture of 13 MB, 600 MB for videos of
 * 300 MB and more, which are hashed in pieces of 256 MB.
 */
export const MODULE_MEMORY_BYTES = 768 * 1024 * 1024;

/** JavaScript heap of the thread; the largest known manifest store unfolds to 10 MB. */
export const THREAD_HEAP_MEGABYTES = 128;

/** WebAssembly memory never shrinks: a module that grew beyond this gives way to a fresh one. */
export const RECYCLE_ABOVE_BYTES = 160 * 1024 * 1024;

/** A thread nobody asked for this long gives its memory back. */
export const IDLE_RELEASE_MS = 5 * 60_000;

/** Larger files are not read: offsets inside the module are 32 bits wide, with room for what it keeps beside. */
export const MAX_FILE_BYTES = 2 * 1024 * 1024 * 1024;

/** JSON of a manifest store; assertions may hold anything. */
export const MAX_STORE_CHARACTERS = 16 * 1024 * 1024;

/** Levels of ingredients that are shown, and how many beside each other. */
export const MAX_TREE_DEPTH = 4;
export const MAX_TREE_WIDTH = 12;
/** Ingredients in the whole tree: the same manifest may hang in it many times over. */
export const MAX_TREE_NODES = 48;

/** Thumbnails that are shown, and the longest one that is decoded, in bytes. */
export const MAX_THUMBNAILS = 8;
export const MAX_THUMBNAIL_BYTES = 2 * 1024 * 1024;
