/** What an inference thread needs, and no more: loading the picture library there as well costs memory. */
export { judgeViews } from '../judging/judge-views.ts';
export { readPack } from '../pack/pack-folder.ts';
export { openPack, type PackSession } from './pack-session.ts';
