export * from './foreign-text.ts';
export * from './languages.ts';
export * from './number-format.ts';
export * from './share.ts';
