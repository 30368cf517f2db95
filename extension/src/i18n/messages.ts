import type { english } from './english.ts';

export type MessageKey = keyof typeof english;

/** Texts by key; `{name}` places are filled when shown. */
export type Messages = Readonly<Record<string, string>>;
