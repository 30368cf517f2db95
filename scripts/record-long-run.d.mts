export type LongRunKind = 'fuzz' | 'faults' | 'kills' | 'jobs' | 'repeat-browser-tests' | 'soak';
export function machine(): string;
export function withSection(text: string, kind: LongRunKind, lines: readonly string[]): string;
export function recordLongRun(kind: LongRunKind, lines: readonly string[]): void;
