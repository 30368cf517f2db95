/** What happens to pixels before they become numbers: without the inference runtime, for processes that decode. */
export * from './cut-squares.ts';
export * from './native-detail.ts';
export * from './picture-library.ts';
export * from './prepare-views.ts';
export * from './raw-picture.ts';
export * from './release-memory.ts';
export * from './view-plan.ts';
