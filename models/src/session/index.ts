/** What an inference thread needs, and no more: loading the picture library there as well costs memory. */
export { type FaceNets, openFaceNets } from '../faces/face-nets.ts';
export { findFaces } from '../faces/find-faces.ts';
export { tryPack } from '../install/try-model.ts';
export { judgeViews } from '../judging/judge-views.ts';
export { readPack } from '../pack/pack-folder.ts';
export { isShipped } from '../pack/shipped.ts';
export { openPack, type PackSession } from './pack-session.ts';
