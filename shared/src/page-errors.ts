/** Every error that crosses a boundary: what happened, whether asking again can help, and what to do next. */
export interface ErrorKind {
  readonly message: string;
  readonly retryable: boolean;
  readonly nextStep: string;
}

/**
 * The errors that a script in a page can meet by itself, apart from the rest: it runs in every frame of every page and should not
 * bring the words of all others along.
 */
export const PAGE_ERROR_KINDS = {
  'bad-message': {
    message: 'The message could not be read.',
    retryable: false,
    nextStep: 'Update the extension and Touchstone on your computer to the same version.',
  },
  'companion-unreachable': {
    message: 'Touchstone is not running on your computer.',
    retryable: true,
    nextStep: 'Start Touchstone on your computer: run "npm start" in its folder.',
  },
  'picture-gone': {
    message: 'The picture could not be fetched from the page.',
    retryable: true,
    nextStep: 'Reload the page, or use "Check visible part of the page".',
  },
  'video-protected': {
    message: 'This video is protected against copying and cannot be checked.',
    retryable: false,
    nextStep: 'Look for the same video on a site that shows it without protection.',
  },
  'too-many-videos': {
    message: 'More videos are playing than Touchstone checks at once.',
    retryable: true,
    nextStep: 'Pause some of them, then try again.',
  },
  'track-unknown': {
    message: 'This video is not being checked any more.',
    retryable: true,
    nextStep: 'Play the video and check it again.',
  },
  internal: {
    message: 'Something went wrong inside Touchstone.',
    retryable: true,
    nextStep: 'Try again; if it happens again, look at the log file that "npm run touchstone status" names.',
  },
} as const satisfies Record<string, ErrorKind>;

export type PageErrorCode = keyof typeof PAGE_ERROR_KINDS;

/** The report of an error that a script in a page can meet by itself. */
export function pageErrorReport(code: PageErrorCode) {
  return { code, ...PAGE_ERROR_KINDS[code] };
}
