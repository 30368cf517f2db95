import type { Messages } from '../message.ts';

/** Reports, re-checks and proof of the log on the history page. */
export const historyReport = {
  'export-evidence': 'Export evidence',
  'report-html': 'Report (HTML)',
  'report-pdf': 'Print or save as PDF…',
  'print-hint': 'The report opens in its own tab; choose “Save as PDF” among the printers.',
  'private-title': 'Leave out what is private?',
  'private-text':
    'This file knows where it was made or the serial number of a device. Whoever gets the report could read it.',
  'private-include': 'Include location and serial numbers',
  'verify-title': 'Log without gaps',
  'verify-help':
    'Every result carries the hash of the one before. Verifying finds results that were edited or removed behind Touchstone’s back.',
  'noted-head': 'Hash you noted down earlier (optional)',
  'noted-head-invalid': 'A hash has 64 characters, 0 to 9 and a to f.',
  'noted-head-found': 'The hash that you noted down is in the log.',
  'noted-head-missing': 'The hash that you noted down is not in the log: it was cut short or replaced.',
  verify: 'Verify the log',
  verifying: 'Verifying…',
  'log-intact': 'The log is intact.',
  'log-broken': 'The log is not intact.',
  'log-damaged': 'The log was damaged. What is left is unchanged.',
  'damage-lost': { one: '{count} result lost', other: '{count} results lost' },
  'damage-uncounted': 'nobody can tell how many results were lost',
  'damage-altered': {
    one: '{count} of them was no longer what had been written',
    other: '{count} of them were no longer what had been written',
  },
  'damage-chained-anew': {
    one: '{count} saved without its place in the chain',
    other: '{count} saved without their place in the chain',
  },
  'log-held-back': {
    one: '{count} deleted a moment ago, which can still be taken back',
    other: '{count} deleted a moment ago, which can still be taken back',
  },
  'log-tombstones': { one: '{count} deleted by you', other: '{count} deleted by you' },
  'log-unchained': { one: '{count} from before the chain began', other: '{count} from before the chain began' },
  'log-head': 'Hash of the newest link',
  'log-head-help': 'Note it down elsewhere: with it you can show later that nothing was cut off.',
  'break-edited': 'Edited:',
  'break-missing': 'Missing before or at:',
  'break-reordered': 'Out of order:',
  'break-unreadable': 'Unreadable:',
  'recheck-open': 'Check again…',
  'recheck-open-file': 'Check again with the file…',
  'recheck-title': 'Check again with another pack',
  'recheck-text':
    'The kept original is judged once more. The new result is added to the history; this one stays as it is.',
  'recheck-video-text':
    'Videos are not kept. Choose the file once more: it is judged with the pack you name, and both results are shown.',
  'recheck-known-text':
    'The file that you gave this page is judged once more, with the pack you name, and both results are shown.',
  'recheck-recent-text':
    'The picture was checked a few minutes ago and is still in memory: it is judged once more, with the pack you name, and both results are shown.',
  'recheck-gone-text':
    'The original was not kept. Choose the file once more: it is judged with the pack you name, and both results are shown.',
  'recheck-choose': 'Choose the file…',
  'recheck-done': 'Checked again.',
  'is-recheck': 'This is a second check of an earlier result.',
  compare: 'Compare',
  'compare-title': 'Two results side by side',
  'compare-earlier': 'Compare with it',
  'compare-first': 'Earlier check',
  'compare-second': 'Later check',
  'compare-other': 'These are not the same file, so the results may differ for that reason alone.',
  'verdict-differs': 'The verdicts differ.',
  'verdict-same': 'Both say the same.',
  'points-same': 'The probability is the same.',
  'points-shift': 'The probability of AI moved by {points} percentage points.',
  'only-here': 'only here',
  'open-this': 'Open this result',
  'seen-exact-on': 'The same file was checked before, {date}, on {site}: {verdict}.',
  'history-seen-similar-on': 'A nearly identical picture was checked before, {date}, on {site}: {verdict}.',
  'recheck-not-kept':
    'The original was not kept. To check it again, choose the file once more, or check the picture where you saw it.',
} as const satisfies Messages;
