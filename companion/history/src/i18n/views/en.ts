import type { Message } from '../message.ts';

/** Texts about the heat map and the expert views. */
export const enViews = {
  heatToggle: 'Show where the score comes from',
  heatLoading: 'Asking the model…',
  heatLabel: 'Where the score comes from, not proof.',
  heatNotProof: 'It shows what moved the model, never that a place was forged.',
  regionsAi: 'What speaks most for AI:',
  regionsCamera: 'What speaks most for a camera:',
  regionStrongest: '{place}: strongest',
  regionNext: '{place}: {percent} of the strongest',
  noRegions: 'No place stands out: the score comes from the whole picture.',
  heatPatches: 'Read from the patches of {pack}.',
  heatOcclusion: {
    one: 'Found by hiding parts of the picture from {pack}, in {count} extra run.',
    other: 'Found by hiding parts of the picture from {pack}, in {count} extra runs.',
  },
  placeUpperLeft: 'Upper left',
  placeUpper: 'Top',
  placeUpperRight: 'Upper right',
  placeLeft: 'Left',
  placeCentre: 'Centre',
  placeRight: 'Right',
  placeLowerLeft: 'Lower left',
  placeLower: 'Bottom',
  placeLowerRight: 'Lower right',
  keepOriginalsNow: 'Keep originals from now on',
  keepingOriginals: 'Originals of further checks are kept.',
  whatDoesItMean: 'What does {percent} mean?',
  bandMeaning:
    'Of 100 pictures that get this number, about {percent} should be made by AI, if they resemble those that the model was tested on. It is not a share of the picture, and it is no proof.',
  bandUnlikely: 'AI unlikely',
  bandRatherUnlikely: 'AI rather unlikely',
  bandRatherLikely: 'AI rather likely',
  bandLikely: 'AI likely',
  bandFromFile:
    'The file itself says how it was made. {percent} stands for how far such statements are believed; it was not counted on test pictures.',
  bandWithheld:
    'Touchstone does not decide here (see “Keep in mind”), so {percent} only says that: it was held in the middle.',
  heatNotDecisive: 'The model did not decide this verdict; the map shows only what the model saw.',
  bandMeasured: {
    one: 'Counted for {pack}: of {count} test picture in this band, {share} were AI, both kinds weighed alike.',
    other: 'Counted for {pack}: of {count} test pictures in this band, {share} were AI, both kinds weighed alike.',
  },
  bandNotMeasured: 'For {pack} nobody has counted how often numbers of this band were right.',
  whyFake:
    '“Likely AI” is said only above a threshold that hardly any camera picture of the tests passed, or where the file itself says so.',
  whyReal:
    '“Likely authentic” is said only below a threshold that few generated pictures of the tests fell under, or where a trusted camera signed the file.',
  whyUncertain: '“Uncertain” is an answer: the number lies where tests saw both kinds, so Touchstone does not decide.',
  tabResult: 'Result',
  tabEvidence: 'Evidence',
  tabViews: 'Expert views',
  views: 'Expert views',
  viewsNote: 'For people who know what they look for. These views are never part of the score.',
  viewShows: 'What it can show',
  viewHides: 'What it cannot show',
  viewLoading: 'Computing the view…',
  viewEla: 'Error level',
  viewElaShows:
    'Where the picture changes most when it is saved as JPEG once more: parts that were saved less often can stand out.',
  viewElaHides:
    'Edges and strong colours are always bright. A picture that was saved as a whole, edited or not, looks even.',
  viewNoise: 'Noise residual',
  viewNoiseShows:
    'The fine grain that is left when the content is taken away: smooth patches or repeated patterns can be seen.',
  viewNoiseHides:
    'Compression, resizing and noise reduction change the grain as well. An even grain says nothing about its origin.',
  viewGhosts: 'JPEG ghosts',
  viewGhostsShows: 'Parts that were saved before at another JPEG quality than the rest can appear as darker patches.',
  viewGhostsHides:
    'Needs a JPEG history. Flat areas look like ghosts too, and one more save at low quality wipes them out.',
  viewChannels: 'Colour channels',
  viewChannelsShows:
    'Red, green and blue by themselves: retouching or colour errors that the whole picture hides can be seen.',
  viewChannelsHides: 'Lighting and colour grading make channels differ in every picture.',
  viewHistogram: 'Histogram',
  viewHistogramShows: 'How often each brightness occurs: gaps and combs come from strong edits of tone.',
  viewHistogramHides: 'It knows nothing of places. Cameras and phones edit tone themselves.',
  viewMagnifier: 'Magnifier',
  viewMagnifierShows: 'The pixels as they are, without smoothing: text, hands, reflections, edges.',
  viewMagnifierHides: 'What looks odd close up is often compression. Good generators leave nothing to see.',
  magnifierRole: 'magnifier',
  magnifierPlace: '{x} from the left, {y} from the top, {zoom} times larger',
  magnifierKeys: 'Arrow keys move the frame, + and − change how much larger it is.',
  moveLeft: 'Move left',
  moveUp: 'Move up',
  moveDown: 'Move down',
  moveRight: 'Move right',
  zoomIn: 'Larger',
  zoomOut: 'Smaller',
} as const satisfies Record<string, Message>;

export type ViewsDictionary = Readonly<Record<keyof typeof enViews, Message>>;
