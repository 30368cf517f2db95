import type { Message } from '../message.ts';

/** Texts about reports, the chain of the log, and second opinions. */
export const enReport = {
  exportEvidence: 'Export evidence',
  reportHtml: 'Report (HTML)',
  reportPdf: 'Print or save as PDF…',
  reportJson: 'Data (JSON)',
  printHint: 'The report opens in its own tab; choose “Save as PDF” among the printers.',
  privateTitle: 'Leave out what is private?',
  privateText:
    'This file knows where it was made or the serial number of a device. Whoever gets the report could read it.',
  privateInclude: 'Include location and serial numbers',
  verifyTitle: 'Log without gaps',
  verifyHelp:
    'Every result carries the hash of the one before. Verifying finds results that were edited or removed behind Touchstone’s back.',
  notedHead: 'Hash you noted down earlier (optional)',
  notedHeadInvalid: 'A hash has 64 characters, 0 to 9 and a to f.',
  notedHeadFound: 'The hash that you noted down is in the log.',
  notedHeadMissing: 'The hash that you noted down is not in the log: it was cut short or replaced.',
  verify: 'Verify the log',
  verifying: 'Verifying…',
  logIntact: 'The log is intact.',
  logBroken: 'The log is not intact.',
  logRecords: { one: '{count} result', other: '{count} results' },
  logTombstones: { one: '{count} deleted by you', other: '{count} deleted by you' },
  logUnchained: { one: '{count} from before the chain began', other: '{count} from before the chain began' },
  logHead: 'Hash of the newest link',
  logHeadHelp: 'Note it down elsewhere: with it you can show later that nothing was cut off.',
  breakEdited: 'Edited:',
  breakMissing: 'Missing before or at:',
  breakReordered: 'Out of order:',
  breakUnreadable: 'Unreadable:',
  recheckOpen: 'Check again…',
  recheckTitle: 'Check again with another pack',
  recheckText:
    'The kept original is judged once more. The new result is added to the history; this one stays as it is.',
  recheckVideoText:
    'Videos are not kept. Choose the file once more: it is judged with the pack you name, and both results are shown.',
  recheckKnownText:
    'The file that you gave this page is judged once more, with the pack you name, and both results are shown.',
  recheckChoose: 'Choose the file…',
  recheck: 'Check again',
  rechecking: 'Checking…',
  recheckDone: 'Checked again.',
  isRecheck: 'This is a second check of an earlier result.',
  compare: 'Compare',
  compareTitle: 'Two results side by side',
  compareEarlier: 'Compare with it',
  compareFirst: 'Earlier check',
  compareSecond: 'Later check',
  compareOther: 'These are not the same file, so the results may differ for that reason alone.',
  verdictDiffers: 'The verdicts differ.',
  verdictSame: 'Both say the same.',
  pointsSame: 'The probability is the same.',
  pointsShift: 'The probability of AI moved by {points} percentage points.',
  confidenceHead: 'Confidence',
  onlyHere: 'only here',
  openThis: 'Open this result',
  seenExactOn: 'The same file was checked before, {date}, on {site}: {verdict}.',
  seenSimilarOn: 'A nearly identical picture was checked before, {date}, on {site}: {verdict}.',
} as const satisfies Record<string, Message>;

export type ReportDictionary = Readonly<Record<keyof typeof enReport, Message>>;
