import type { Messages } from '../message.ts';

/** Content Credentials and facts of a file, at length. */
export const historyProvenance = {
  'history-show-credentials': 'Show what they say',
  'interim-list-help':
    'This signer is vouched for only by the older, interim list, which is no longer kept up to date.',
  issuer: 'Certificate from',
  'trust-list-of': '{name}, {date}',
  'source-trained': 'made by a trained model',
  'source-trained-parts': 'with parts made by a trained model',
  'source-algorithm': 'made by an algorithm that was not trained',
  'source-camera': 'taken by a camera',
  'source-art': 'drawn by a person with software',
  'source-composite': 'put together from several sources',
  'source-screen': 'screen recording',
  'ingredient-parent': 'earlier version',
  'ingredient-component': 'part of it',
  'ingredient-input': 'input of a model or tool',
  'failure-codes': 'Codes for experts',
  'checked-offline': 'Checked on this computer without network: whether a certificate was revoked since is not asked.',
  'file-facts-help':
    'What the file says about itself. Anybody can edit such entries; none of them is part of the score.',
  'facts-generator': 'Generator',
  'facts-software': 'Software',
  'facts-history': 'History',
  'facts-encoding': 'Encoding',
  'facts-place': 'Place',
  'facts-rights': 'Rights',
  'facts-other': 'Other',
  'show-private': 'Show location and serial numbers',
  'hide-private': 'Hide location and serial numbers',
  'private-help': 'They stay on this computer and are in no export unless you ask for it.',
} as const satisfies Messages;
