import type { DecoderFailure } from '../protocol.ts';

/** Ends the work on a file with a reason that people are told. */
export class DecoderFailed extends Error {
  override readonly name = 'DecoderFailed';
  readonly code: DecoderFailure;

  constructor(code: DecoderFailure, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
