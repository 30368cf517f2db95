export * from './card-words.ts';
export * from './compile.ts';
export * from './format.ts';
export type * from './language-folder.ts';
export * from './languages.ts';
export * from './provider-reason.ts';
export * from './record-name.ts';
export type * from './sentence-table.ts';
export * from './texts.ts';
