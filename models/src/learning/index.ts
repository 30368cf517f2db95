export { HEAD_KINDS, type HeadModel, headLogit } from '../heads/head-model.ts';
export * from './choose-head.ts';
export * from './compare-heads.ts';
export * from './evaluation.ts';
export * from './fit-head.ts';
export * from './metrics.ts';
export * from './seeded-draw.ts';
export * from './split.ts';
export * from './teach.ts';
