// Faces of pictures, found as the product finds them: by the detector of models/faces, on a miniature.
//
// usage: node find_faces.mjs PICTURES.tsv BOXES.jsonl
//
// PICTURES.tsv: first line names columns, among them key and file. Writes one line a picture that can be decoded: key, width, height and
// faces (left, top, right, bottom in pixels of the picture as it is shown, and score), the surest first.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { findFaces, openFaceNets } from '../src/session/index.ts';

/** As in companion/src/faces: smallest face in a miniature (pixels), its sides (pixels), and the score that counts as sure. */
const MINIMUM_FACE = 20;
const SIDES = [320, 960];
const SURE = 0.95;
/** Shorter side of a face in the picture that must not be overlooked, in pixels. */
const SMALLEST_FACE = 128;

sharp.concurrency(1);
const [, , list, out] = process.argv;
const done = new Set(existsSync(out) ? readFileSync(out, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line).key) : []);
const [head, ...lines] = readFileSync(list, 'utf8').trim().split('\n');
const columns = head.split('\t');
const nets = await openFaceNets(fileURLToPath(new URL('../faces', import.meta.url)));
for (const line of lines) {
  const row = Object.fromEntries(line.split('\t').map((value, i) => [columns[i], value]));
  if (done.has(row.key)) continue;
  try {
    const picture = sharp(row.file, { limitInputPixels: false, failOn: 'none' }).rotate().flatten({ background: '#fff' }).toColourspace('srgb').removeAlpha();
    const { data: whole, info } = await picture.raw().toBuffer({ resolveWithObject: true });
    const longer = Math.max(info.width, info.height);
    const side = Math.min(SIDES[1], Math.max(SIDES[0], Math.ceil((MINIMUM_FACE * longer) / SMALLEST_FACE)));
    const raw = { width: info.width, height: info.height, channels: 3 };
    const resized = sharp(whole, { raw, limitInputPixels: false }).resize(side, side, { fit: 'inside', withoutEnlargement: true, kernel: 'linear' });
    const small = await resized.raw().toBuffer({ resolveWithObject: true });
    const miniature = { data: new Uint8Array(small.data), width: small.info.width, height: small.info.height };
    const [x, y] = [info.width / miniature.width, info.height / miniature.height];
    const faces = (await findFaces(nets, miniature, MINIMUM_FACE))
      .filter(({ score }) => score >= SURE)
      .map((box) => ({ left: box.left * x, top: box.top * y, right: box.right * x, bottom: box.bottom * y, score: box.score }));
    appendFileSync(out, `${JSON.stringify({ key: row.key, width: info.width, height: info.height, faces })}\n`);
  } catch (error) {
    console.log('skipped', row.file, error.message);
  }
}
