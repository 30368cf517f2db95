// Held-out pictures under each condition as the raw squares that the product's decoder (sharp) makes.
//
// usage: node prepare_held_out.mjs LIST.tsv OUT clean,web,hard,screenshot,double
//
// LIST.tsv: key, tab, file. Writes OUT/<condition>/<key>.224 (shorter side 224, centre square), .448 and .native (the centre 224 px as they
// are; smaller pictures enlarged, as packs/FORMAT.md says), RGB bytes, rows from the top.
// Conditions are those of conditions.py, with libvips for resizing and JPEG.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

sharp.concurrency(1);
const [, , list, out, names] = process.argv;
const raw = async (image) => {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { data, w: info.width, h: info.height };
};
const from = ({ data, w, h }) => sharp(data, { raw: { width: w, height: h, channels: 3 }, limitInputPixels: false });
const to = (p, w, h, kernel) => from(p).resize(Math.max(1, Math.round(w)), Math.max(1, Math.round(h)), { fit: 'fill', kernel });
const fit = (p, longer, kernel = 'lanczos3') => {
  const f = longer / Math.max(p.w, p.h);
  return f >= 1 ? from(p) : to(p, p.w * f, p.h * f, kernel);
};
const jpeg = async (image, quality) => raw(sharp(await image.jpeg({ quality }).toBuffer()).toColourspace('srgb').removeAlpha());
const longer = (p) => Math.max(p.w, p.h);
const conditions = {
  clean: async (p) => p,
  web: (p) => jpeg(fit(p, 768), 60),
  hard: (p) => jpeg(fit(p, 512), 40),
  screenshot: (p) => raw(fit(p, Math.min(900, Math.round(0.9 * longer(p))), 'linear')),
  double: async (p) => jpeg(fit(await jpeg(fit(p, 1280), 80), Math.min(1024, Math.round(0.8 * longer(p)))), 65),
};
const square = async (p, side) => {
  const f = side / Math.min(p.w, p.h);
  const r = await raw(to(p, p.w * f, p.h * f, f < 1 ? 'lanczos3' : 'cubic'));
  const [left, top] = [Math.floor((r.w - side) / 2), Math.floor((r.h - side) / 2)];
  return (await raw(from(r).extract({ left, top, width: side, height: side }))).data;
};
const native = async (p, side) => {
  const f = Math.max(1, side / p.w, side / p.h);
  const r = f > 1 ? await raw(to(p, Math.ceil(p.w * f), Math.ceil(p.h * f), 'cubic')) : p;
  const [left, top] = [Math.floor((r.w - side) / 2), Math.floor((r.h - side) / 2)];
  return (await raw(from(r).extract({ left, top, width: side, height: side }))).data;
};

for (const line of readFileSync(list, 'utf8').trim().split('\n')) {
  const [key, file] = line.split('\t');
  const todo = names.split(',').filter((c) => !existsSync(join(out, c, `${key}.224`)));
  if (!todo.length) continue;
  try {
    const picture = await raw(
      sharp(file, { limitInputPixels: false, failOn: 'none' }).rotate().flatten({ background: '#fff' }).toColourspace('srgb').removeAlpha(),
    );
    if (Math.min(picture.w, picture.h) < 200) continue;
    for (const c of todo) {
      const changed = await conditions[c](picture);
      mkdirSync(join(out, c), { recursive: true });
      writeFileSync(join(out, c, `${key}.448`), await square(changed, 448));
      writeFileSync(join(out, c, `${key}.native`), await native(changed, 224));
      writeFileSync(join(out, c, `${key}.224`), await square(changed, 224));
    }
  } catch (error) {
    console.log('skipped', file, error.message);
  }
}
