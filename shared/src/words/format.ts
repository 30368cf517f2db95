/** Filling and formatting, without the words of any language: for what gets its words sent. */
export * from './foreign-text.ts';
export * from './message.ts';
export * from './number-format.ts';
export * from './share.ts';
