import type { FactName, FactValue, FileFact } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { aigcLabel } from './aigc-label.ts';
import { cameraName } from './camera.ts';
import type { FileFields } from './file-fields.ts';
import { generatorOfSettings } from './generator-markers.ts';
import { generatorOfSoftware } from './generator-names.ts';
import { digitalSourceType } from './source-type.ts';

/** Longest value of a fact, in characters: enough for a prompt with its settings. */
const MAX_VALUE_LENGTH = 2000;
const MAX_HISTORY_FACTS = 30;
/** Home folders on Windows, Linux and macOS, with the owner's name; backslashes may be doubled inside JSON. */
const HOME_FOLDER = /(?:[A-Za-z]:[\\/]+Users[\\/]+|\/home\/|\/Users\/)[^\\/"'\s]+/g;

type Group = FileFact['group'];
type Source = (fields: FileFields) => string | undefined;
/** A fact by its group, its English name, where it is read, and whether it tells of a person: who owns the camera, and where they were. */
type Row = readonly [group: Group, name: FactName, source: Source, isPrivate?: true];

const exif =
  (name: string): Source =>
  (fields) =>
    fields.exif.get(name);
const xmp =
  (name: string): Source =>
  (fields) =>
    fields.xmp.get(name);
const first =
  (...sources: Source[]): Source =>
  (fields) => {
    for (const source of sources) {
      const found = source(fields);
      if (found?.trim()) return found;
    }
    return undefined;
  };

/** Whether it fired, out of the reader's two dozen phrases for modes and returned light. */
const flash: Source = ({ exif: camera }): FactValue | undefined => {
  const words = camera.get('Flash') ?? '';
  if (words.includes('did not fire')) return 'did not fire';
  return words.includes('fired') ? 'fired' : undefined;
};

const ROWS: readonly Row[] = [
  ['camera', 'Camera', cameraName],
  ['camera', 'Lens', first(exif('LensModel'), xmp('Lens'))],
  ['camera', 'Serial number', first(exif('BodySerialNumber'), xmp('SerialNumber')), true],
  ['camera', 'Lens serial number', first(exif('LensSerialNumber'), xmp('LensSerialNumber')), true],
  ['camera', 'Owner', first(exif('CameraOwnerName'), xmp('OwnerName')), true],
  ['camera', 'Picture number', exif('ImageUniqueID'), true],
  ['camera', 'Taken', first(exif('DateTimeOriginal'), xmp('DateTimeOriginal'), xmp('DateCreated'))],
  ['camera', 'Time zone', exif('OffsetTimeOriginal')],
  ['camera', 'Exposure time', exif('ExposureTime')],
  ['camera', 'Aperture', exif('FNumber')],
  ['camera', 'ISO', exif('ISOSpeedRatings')],
  ['camera', 'Focal length', exif('FocalLength')],
  ['camera', 'Flash', flash],
  ['software', 'Software', first(exif('Software'), exif('ImageEditingSoftware'), exif('RAWDevelopingSoftware'))],
  ['software', 'Creator tool', xmp('CreatorTool')],
  ['software', 'PNG software', (fields) => fields.png.get('Software')],
  ['software', 'Originating program', (fields) => fields.iptc.get('Originating Program')],
  ['software', 'Computer', exif('HostComputer'), true],
  ['software', 'Changed', first(exif('DateTime'), xmp('ModifyDate'))],
  ['generator', 'Generator', (fields) => generatorOfSettings(fields) ?? generatorOfSoftware(fields)],
  ['generator', 'Digital source type', digitalSourceType],
  ['generator', 'AIGC label', (fields) => labelText(fields)],
  ['generator', 'Settings', (fields) => settingsText(fields)],
  ['place', 'Position', exif('Position'), true],
  ['place', 'Place', first(xmp('Location'), xmp('City'), (fields) => fields.iptc.get('City')), true],
  ['place', 'Country', first(xmp('Country'), (fields) => fields.iptc.get('Country/Primary Location Name'))],
  [
    'rights',
    'Author',
    first(exif('Artist'), exif('Photographer'), xmp('creator'), (fields) => fields.png.get('Author')),
  ],
  ['rights', 'Copyright', first(exif('Copyright'), xmp('rights'), (fields) => fields.png.get('Copyright'))],
  ['rights', 'Credit', first(xmp('Credit'), (fields) => fields.iptc.get('Credit'))],
  [
    'other',
    'Description',
    first(exif('ImageDescription'), xmp('description'), (fields) => fields.png.get('Description')),
  ],
  ['other', 'Title', first(xmp('title'), exif('ImageTitle'), (fields) => fields.png.get('Title'))],
  ['encoding', 'Comment of the encoder', (fields) => fields.comments[0]],
];

/** Neutral facts of a file for people who look closer, without the names of home folders. Never part of a score. */
export function fileFacts(fields: FileFields): FileFact[] {
  const facts: FileFact[] = [];
  for (const [group, name, source, isPrivate] of ROWS) {
    const value = foreignText((source(fields) ?? '').replace(HOME_FOLDER, '~'), { most: MAX_VALUE_LENGTH });
    if (value) facts.push({ group, name, value, private: isPrivate ?? false });
  }
  for (const { action, software, when } of fields.xmp.history.slice(0, MAX_HISTORY_FACTS)) {
    const value = foreignText([action, software, when].filter(Boolean).join(', '), { most: MAX_VALUE_LENGTH });
    if (value) facts.push({ group: 'history', name: 'Edit' satisfies FactName, value, private: false });
  }
  return facts;
}

function labelText(fields: FileFields): string | undefined {
  const label = aigcLabel(fields);
  if (!label) return undefined;
  const kind: FactValue = label.certain ? 'generated' : 'perhaps generated';
  return [kind, label.producer].filter(Boolean).join(', ');
}

/** Settings are shown only where they were recognised as such; other comments are not. */
function settingsText(fields: FileFields): string | undefined {
  if (!generatorOfSettings(fields)) return undefined;
  const { png, exif: camera, xmp: packet } = fields;
  const named = ['parameters', 'invokeai_metadata', 'sd-metadata', 'Dream', 'prompt', 'workflow', 'Comment'];
  return (
    named.map((keyword) => png.get(keyword)).find((text) => text) ??
    camera.get('UserComment') ??
    packet.get('UserComment') ??
    packet.get('prompt') ??
    png.get('Description') ??
    camera.get('Make')
  );
}
