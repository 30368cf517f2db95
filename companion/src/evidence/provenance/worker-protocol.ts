import type { Provenance } from '@touchstone/shared';

/** Certificates in PEM that the reader gets for one attempt; a change needs a fresh thread. */
export interface TrustMaterial {
  /** Authorities whose signers are trusted. A signer's own certificate on the list does nothing: the reader ignores it. */
  readonly signers: string;
  /** Authorities for time stamps. A signer that only they vouch for is not trusted. */
  readonly timeStamps: string;
}

export interface ReadRequest {
  readonly format: string;
  /** Whole file, or the path of one that is read piece by piece. */
  readonly input: Uint8Array | string;
}

/** Where a thumbnail goes in the tree: indices of ingredients from the top. */
export interface FoundThumbnail {
  readonly path: readonly number[];
  readonly bytes: Uint8Array;
}

export type ReadReply =
  | {
      readonly type: 'read';
      readonly provenance: Provenance;
      /** Which of the thread's materials was asked last; it vouches for the signer when the state is `trusted`. */
      readonly material: number;
      readonly thumbnails: readonly FoundThumbnail[];
      /** Of whose claim the origin is: the signer of the ingredient that states it, when that signer is unknown. */
      readonly unknownOriginSigner: string | null;
      /** State and status codes in the words of the reader, for the comparison with other readers. */
      readonly raw: { readonly state: string; readonly codes: readonly string[] };
      /** Bytes of WebAssembly memory after this file. */
      readonly memory: number;
    }
  /** The container holds no manifest after all. */
  | { readonly type: 'nothing'; readonly memory: number }
  | { readonly type: 'remote'; readonly memory: number }
  | { readonly type: 'failed'; readonly reason: string; readonly memory: number };
