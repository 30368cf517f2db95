export { majorBrand } from './iso-brands.ts';
export { isAnimatedWebp, PICTURE_HEAD_BYTES, type PictureKind, pictureKind } from './picture-kind.ts';
export { FOREIGN_VIDEO_BYTES, isForeignVideo, isVideo, VIDEO_EXTENSIONS } from './video-kind.ts';
