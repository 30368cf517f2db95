/** Of what, by what and from which pixels feature vectors were made. */
export interface EmbeddingKey {
  /** SHA-256 of the encoded picture. */
  readonly content: string;
  /** `encoderOf` of the pack: the graph that makes them, not what is made of them. */
  readonly encoder: string;
  /** `preprocessingOf` the look: which views, through which filters. */
  readonly preprocessing: string;
}

/** What a graph sees in the views of one look at a picture. */
export interface Embeddings {
  /** Rows in `vectors`. */
  readonly views: number;
  /** One row a view, in the order of the views. */
  readonly vectors: Float32Array;
  /** Execution provider that ran the graph. */
  readonly provider: string;
  /** Version of the companion that decoded the picture. */
  readonly companion: string;
}

export interface EmbeddingUsage {
  /** Looks that are kept. */
  readonly count: number;
  /** Of their vectors. */
  readonly bytes: number;
  /** Beyond this the oldest go. */
  readonly maxBytes: number;
}

/**
 * Feature vectors of pictures in the history: a copy that can be made anew, and obeys the records' rules. None is kept of what has no
 * record, and the last record of a content takes them along.
 */
export interface EmbeddingStore {
  find(key: EmbeddingKey): Promise<Embeddings | undefined>;
  /**
   * Returns at once; they are written down a moment later, if there is a record of the content then. Never called for what private
   * windows show or while recording is paused. A failure costs nothing but these.
   */
  keep(key: EmbeddingKey, embeddings: Embeddings): void;
  usage(): Promise<EmbeddingUsage>;
  /** Writes down what waits. */
  settled(): Promise<void>;
}
