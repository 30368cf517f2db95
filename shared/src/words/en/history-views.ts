import type { Messages } from '../message.ts';

/** Heat map and expert views. */
export const historyViews = {
  'heat-toggle': 'Show where the score comes from',
  'heat-patches': 'Read from the patches of {pack}.',
  'heat-occlusion': {
    one: 'Found by hiding parts of the picture from {pack}, in {count} extra run.',
    other: 'Found by hiding parts of the picture from {pack}, in {count} extra runs.',
  },
  'keep-originals-now': 'Keep originals from now on',
  'keeping-originals': 'Originals of further checks are kept.',
  'heat-not-decisive': 'The model did not decide this verdict; the map shows only what the model saw.',
  'tab-result': 'Result',
  views: 'Expert views',
  'views-note': 'For people who know what they look for. These views are never part of the score.',
  'view-shows': 'What it can show',
  'view-hides': 'What it cannot show',
  'view-loading': 'Computing the view…',
  'view-ela': 'Error level',
  'view-ela-shows':
    'Where the picture changes most when it is saved as JPEG once more: parts that were saved less often can stand out.',
  'view-ela-hides':
    'Edges and strong colours are always bright. A picture that was saved as a whole, edited or not, looks even.',
  'view-noise': 'Noise residual',
  'view-noise-shows':
    'The fine grain that is left when the content is taken away: smooth patches or repeated patterns can be seen.',
  'view-noise-hides':
    'Compression, resizing and noise reduction change the grain as well. An even grain says nothing about its origin.',
  'view-ghosts': 'JPEG ghosts',
  'view-ghosts-shows':
    'Parts that were saved before at another JPEG quality than the rest can appear as darker patches.',
  'view-ghosts-hides':
    'Needs a JPEG history. Flat areas look like ghosts too, and one more save at low quality wipes them out.',
  'view-channels': 'Colour channels',
  'view-channels-shows':
    'Red, green and blue by themselves: retouching or colour errors that the whole picture hides can be seen.',
  'view-channels-hides': 'Lighting and colour grading make channels differ in every picture.',
  'view-histogram': 'Histogram',
  'view-histogram-shows': 'How often each brightness occurs: gaps and combs come from strong edits of tone.',
  'view-histogram-hides': 'It knows nothing of places. Cameras and phones edit tone themselves.',
  'view-magnifier': 'Magnifier',
  'view-magnifier-shows': 'The pixels as they are, without smoothing: text, hands, reflections, edges.',
  'view-magnifier-hides': 'What looks odd close up is often compression. Good generators leave nothing to see.',
  'magnifier-role': 'magnifier',
  'magnifier-place': '{x} from the left, {y} from the top, {zoom} times larger',
  'magnifier-keys': 'Arrow keys move the frame, + and − change how much larger it is.',
  'move-left': 'Move left',
  'move-up': 'Move up',
  'move-down': 'Move down',
  'move-right': 'Move right',
  'zoom-in': 'Larger',
  'zoom-out': 'Smaller',
} as const satisfies Messages;
