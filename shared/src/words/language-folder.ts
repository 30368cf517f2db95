import type { en } from './en/index.ts';
import type { Message } from './message.ts';
import type { SentenceTable } from './sentence-table.ts';

export type MessageKey = keyof typeof en.messages;

/** Everything that is said in one language: one folder. */
export interface LanguageFolder {
  /** What the language calls itself. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  readonly messages: Readonly<Record<MessageKey, Message>>;
  /** What travels by code; null for English, which travels with it. */
  readonly sentences: SentenceTable | null;
}
