/** Stages from which a check is being worked on, so that cancelling saves nothing. */
export const BEGUN_STAGES: ReadonlySet<string> = new Set(['decoding', 'judging']);
