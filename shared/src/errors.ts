import { type ErrorKind, PAGE_ERROR_KINDS } from './page-errors.ts';

/** Every error by its code, with its English texts. */
export const ERROR_KINDS = {
  ...PAGE_ERROR_KINDS,
  'not-paired': {
    message: 'This browser is not paired with Touchstone on your computer.',
    retryable: false,
    nextStep: 'Run "npm run touchstone pair" and open the link it prints.',
  },
  'pairing-code-wrong': {
    message: 'The pairing code is wrong, used or expired.',
    retryable: false,
    nextStep: 'Run "npm run touchstone pair" for a new code.',
  },
  'extension-too-old': {
    message: 'The browser extension is too old for this companion.',
    retryable: false,
    nextStep: 'Update the Touchstone extension in your browser.',
  },
  'companion-too-old': {
    message: 'Touchstone on your computer is too old for this extension.',
    retryable: false,
    nextStep: 'Update Touchstone on your computer and start it again.',
  },
  'companion-not-genuine': {
    message: 'The program on this port could not prove that it is your Touchstone.',
    retryable: false,
    nextStep:
      'Update and start Touchstone. If it forgot this browser, run "npm run touchstone pair"; if another program uses the port, quit that.',
  },
  busy: { message: 'Touchstone is busy with other pictures.', retryable: true, nextStep: 'Try again in a moment.' },
  'window-exceeded': {
    message: 'Too many unanswered captures from one client.',
    retryable: true,
    nextStep: 'Wait for answers before sending more.',
  },
  cancelled: { message: 'The check was cancelled.', retryable: true, nextStep: 'Check the picture again.' },
  'shutting-down': {
    message: 'Touchstone is shutting down.',
    retryable: true,
    nextStep: 'Start Touchstone again, then check the picture again.',
  },
  'empty-file': {
    message: 'The file is empty.',
    retryable: false,
    nextStep: 'Check that the download finished, then try again.',
  },
  'too-large': {
    message: 'The file is larger than Touchstone accepts.',
    retryable: false,
    nextStep: 'Save a smaller copy (at most 64 MB) and check that.',
  },
  'too-long': {
    message: 'One side of the picture is longer than Touchstone reads (65,500 pixels).',
    retryable: false,
    nextStep: 'Cut out the part in question and check that.',
  },
  'too-many-pixels': {
    message: 'The picture has more pixels than Touchstone decodes (100 million).',
    retryable: false,
    nextStep: 'Scale the picture down and check the smaller copy.',
  },
  'decode-limit': {
    message: 'Decoding the picture would take more time or memory than Touchstone gives it.',
    retryable: false,
    nextStep: 'Save the picture in another format or as a smaller copy, and check that.',
  },
  'too-small': {
    message: 'The picture is too small to say anything about it.',
    retryable: false,
    nextStep: 'Look for a larger version of the picture (at least 32 pixels on each side).',
  },
  'unsupported-format': {
    message: 'This file is not a picture Touchstone can read.',
    retryable: false,
    nextStep: 'Check a JPEG, PNG, WebP, AVIF, GIF, TIFF or BMP file.',
  },
  'svg-refused': {
    message: 'SVG is a drawing made of instructions, not a picture from a camera.',
    retryable: false,
    nextStep: 'Check a photograph or a rendered picture instead.',
  },
  'heic-refused': {
    message: 'HEIC pictures cannot be decoded here.',
    retryable: false,
    nextStep: 'Export the photo as JPEG and check that.',
  },
  'hdr-refused': {
    message: 'This picture is stored for HDR screens; its colours cannot be judged here.',
    retryable: false,
    nextStep: 'Check a copy for ordinary screens, such as a JPEG, or the picture as the page shows it.',
  },
  'raw-refused': {
    message: 'This is a raw file: what the sensor of a camera measured, before it became a picture.',
    retryable: false,
    nextStep: 'Check the JPEG that the camera wrote beside it, or one that you export.',
  },
  'broken-picture': {
    message: 'The picture is truncated or damaged.',
    retryable: false,
    nextStep: 'Load or save the picture again, then check it.',
  },
  'not-found': { message: 'There is no such record.', retryable: false, nextStep: 'Reload the history page.' },
  'unknown-address': {
    message: 'There is nothing at this address.',
    retryable: false,
    nextStep: 'Compare the address with the documentation of the HTTP API.',
  },
  'wrong-host': {
    message: 'This is not the address of Touchstone.',
    retryable: false,
    nextStep: 'Use the address that "npm run touchstone status" names.',
  },
  'token-wrong': {
    message: 'The token of this request is missing or wrong.',
    retryable: false,
    nextStep: 'Send "Authorization: Bearer TOKEN" with the token from control.json in the data folder.',
  },
  'file-unreadable': {
    message: 'The file could not be read.',
    retryable: false,
    nextStep: 'Check the path and the permissions of the file.',
  },
  'protected-page': {
    message: 'The browser lets no extension look into this page.',
    retryable: false,
    nextStep: 'Save the picture and drop it on the Touchstone history page.',
  },
  'private-window': {
    message: 'Nothing is sent from private windows unless you allow it.',
    retryable: false,
    nextStep: 'Allow private windows in the options of Touchstone if you want this.',
  },
  'pack-unknown': {
    message: 'There is no such model pack.',
    retryable: false,
    nextStep: 'Run "npm run touchstone models list" to see the packs that are installed.',
  },
  'pack-invalid': {
    message: 'The model pack is damaged or does not match its description.',
    retryable: false,
    nextStep: 'Remove the pack and install it again.',
  },
  'base-missing': {
    message:
      'This pack was taught on another version of the pack below it, which is not installed, so it cannot be used.',
    retryable: false,
    nextStep: 'Press "Teach anew" on the Teach page: the same pictures teach it on the version of now.',
  },
  'pack-exists': {
    message: 'This version of the pack is already installed.',
    retryable: false,
    nextStep:
      'Remove it with "npm run touchstone models remove NAME@VERSION", or give the new one another name with --name.',
  },
  'pack-in-use': {
    message: 'This version of the pack is in use.',
    retryable: true,
    nextStep:
      'Choose another one with "npm run touchstone models use NAME@VERSION", or wait for the checks that it does.',
  },
  'case-full': {
    message: 'That is more than there can be: 500 cases, or 2,000 results in one.',
    retryable: false,
    nextStep: 'Delete a case that is done, or begin another one for the rest.',
  },
  'dataset-unusable': {
    message: 'These pictures cannot be taught from.',
    retryable: false,
    nextStep:
      'Give pictures of both kinds: folders named "ai" and "real", a CSV with the columns path and label, or labels in the history.',
  },
  'download-failed': {
    message: 'The download did not finish.',
    retryable: true,
    nextStep: 'Check the address and the connection, then run the same command again; it continues where it stopped.',
  },
  'hash-mismatch': {
    message: 'The downloaded file is not the one that was expected, so it was deleted.',
    retryable: false,
    nextStep: 'Look at the page of the model for a new version, or check the sha256 you gave.',
  },
  'inference-failed': {
    message: 'The model failed on this picture twice.',
    retryable: true,
    nextStep: 'Try again; if it happens again, run "npm run touchstone status" and report what it says.',
  },
  'telemetry-on': {
    message: 'The model runtime was not loaded, because it could have reported to its maker.',
    retryable: false,
    nextStep: 'Start Touchstone with its own commands, "npm start" or "npm run touchstone".',
  },
  'log-failed': {
    message: 'The result could not be written to the history, so it is not shown.',
    retryable: true,
    nextStep: 'Check that the disk is well and has free space, then try again.',
  },
  'disk-full': {
    message: 'The disk is full, so nothing can be written down.',
    retryable: true,
    nextStep: 'Free some disk space, then try again.',
  },
  'log-damaged': {
    message: 'The history was damaged. What could be read was saved into a new one.',
    retryable: true,
    nextStep:
      'Run "npm run touchstone history verify" to see what is lost; the damaged file is kept in the data folder.',
  },
  'log-newer': {
    message: 'The history was written by a newer Touchstone.',
    retryable: false,
    nextStep: 'Update Touchstone on your computer, or choose another data folder with TOUCHSTONE_HOME.',
  },
  'log-locked': {
    message: 'Another program has locked the history.',
    retryable: true,
    nextStep: 'Close the program that has history.sqlite open, then try again.',
  },
  'log-read-only': {
    message: 'The history cannot be opened for writing.',
    retryable: false,
    nextStep:
      'Make the data folder and history.sqlite writable for you, or choose another folder with TOUCHSTONE_HOME.',
  },
  'clock-jumped': {
    message: 'The clock of this computer jumped, so old records are not deleted for now.',
    retryable: false,
    nextStep:
      'Check date and time. Deleting goes on by itself after a day, or at once when you choose anew how long to keep records.',
  },
  unauthorized: {
    message: 'This page has no session with Touchstone.',
    retryable: false,
    nextStep: 'Run "npm run touchstone open" or use "Open in history" in the extension.',
  },
  'sign-in-failed': {
    message: 'Signing in did not work.',
    retryable: false,
    nextStep: 'Try again. If it goes on, ask an admin of your team for a new invitation.',
  },
  'invitation-unusable': {
    message: 'This invitation is wrong, used or expired.',
    retryable: false,
    nextStep: 'Ask an admin of your team for a new one.',
  },
  'role-missing': {
    message: 'Your role in this team does not allow that.',
    retryable: false,
    nextStep: 'Ask an admin of your team, who can do it or give you another role.',
  },
  'not-yours': {
    message: 'This was shared with you, but not for that.',
    retryable: false,
    nextStep: 'Ask its owner, who can do it or share it so that you may change it, too.',
  },
  'last-admin': {
    message: 'This is the only admin of the team.',
    retryable: false,
    nextStep: 'Make somebody else an admin first.',
  },
  'last-way-in': {
    message: 'This is your only way to sign in.',
    retryable: false,
    nextStep: 'Add another passkey first.',
  },
  'scope-missing': {
    message: 'This token may not do that.',
    retryable: false,
    nextStep: 'Make one with the scope that the route needs: "npm run touchstone tokens create".',
  },
  'rate-limited': {
    message: 'Too many requests with this token in a short time.',
    retryable: true,
    nextStep: 'Wait as many seconds as Retry-After says, then go on.',
  },
  'request-in-flight': {
    message: 'The first request with this Idempotency-Key is still being received.',
    retryable: true,
    nextStep: 'Wait for its answer, or send the same request again in a moment.',
  },
  'key-reused': {
    message: 'This Idempotency-Key was used for another request.',
    retryable: false,
    nextStep: 'Send this request with a key of its own.',
  },
  'bad-request': {
    message: 'The request is not valid.',
    retryable: false,
    nextStep: 'Compare the request with the documentation of the HTTP API.',
  },
  'recording-paused': {
    message: 'Recording is paused, so there is no record.',
    retryable: false,
    nextStep: 'Resume recording on the history page.',
  },
  'job-set-aside': {
    message: 'Touchstone ended twice while it worked on this file, so the file was set aside.',
    retryable: false,
    nextStep: 'Save the picture in another format or as a smaller copy, and check that.',
  },
  'picture-not-kept': {
    message: 'The picture itself is no longer kept, only its result.',
    retryable: false,
    nextStep: 'Check the picture again, or switch on "Keep originals" in the settings of the history page.',
  },
  'undo-too-late': {
    message: 'This deletion can no longer be taken back: the results are gone.',
    retryable: false,
    nextStep: 'Check the pictures again if you still have them.',
  },
  'video-unreadable': {
    message: 'This video cannot be read.',
    retryable: false,
    nextStep:
      'Check an MP4, MOV, WebM or MKV file with H.264, HEVC, VP9 or AV1, or play it and use "Check this video".',
  },
  'video-decoder-missing': {
    message: 'The part of Touchstone that reads video files is not installed.',
    retryable: false,
    nextStep: 'Run "npm run touchstone video install"; until then play the video and use "Check this video".',
  },
  'trust-list-unreadable': {
    message: 'A trust list for Content Credentials cannot be read, so nobody on it is trusted.',
    retryable: false,
    nextStep: 'Put PEM certificates into the file that "npm run touchstone trust" names, or delete it.',
  },
  'folder-unusable': {
    message: 'Touchstone cannot use its data folder.',
    retryable: false,
    nextStep: 'Let your user write there and free disk space, or set TOUCHSTONE_HOME to another folder of your own.',
  },
  'autostart-failed': {
    message: 'Touchstone could not be told to start by itself, or to stop doing so.',
    retryable: false,
    nextStep:
      'Without it, the extension\'s button or "npm start" starts Touchstone; "touchstone autostart on" in a terminal tells the reason.',
  },
  'folder-in-use': {
    message: 'Another Touchstone works in this data folder.',
    retryable: true,
    nextStep: 'Wait until it has started or ended, then try again; "npm run touchstone status" tells whether it runs.',
  },
  'config-invalid': {
    message: 'A setting of Touchstone is not valid, so it does not start.',
    retryable: false,
    nextStep: 'Correct the value that is named; "npm run touchstone config check" looks at all of them.',
  },
  'backup-failed': {
    message: 'The backup could not be written, so there is none.',
    retryable: true,
    nextStep: 'Name a folder that you may write to, outside the data folder, on a disk with enough space.',
  },
  'backup-damaged': {
    message: 'The backup is damaged or unfinished, so nothing was restored.',
    retryable: false,
    nextStep: 'Restore another one: a whole backup is a folder with the file manifest.json.',
  },
  'team-not-let-in': {
    message: 'The team’s server does not let this browser in.',
    retryable: false,
    nextStep:
      'Let it in again from the options of the extension, or choose Touchstone on this computer there. If your team keeps you out, ask an admin.',
  },
  'team-in-use': {
    message: 'This browser uses a team’s server, so it is not paired with this computer now.',
    retryable: false,
    nextStep: 'Choose “Use Touchstone on this computer” in the options of the extension first.',
  },
  'team-unreachable': {
    message: 'The team’s server cannot be reached.',
    retryable: true,
    nextStep: 'Check the network, or ask whoever looks after the server.',
  },
  'team-certificate': {
    message: 'This browser does not trust the certificate of the team’s server, so nothing was sent.',
    retryable: true,
    nextStep:
      'Open the server’s address in a tab: the browser says there what is wrong with the certificate. Then ask whoever looks after the server.',
  },
  'team-no-stream': {
    message: 'The team’s server answers, but takes no connection from the extension.',
    retryable: true,
    nextStep:
      'Ask whoever looks after the server: it, and a proxy before it, must let WebSockets through to /v1/stream.',
  },
  'team-not-there': {
    message: 'What answers at this address is no Touchstone server that can prove itself.',
    retryable: false,
    nextStep: 'Compare the address with the one that your team uses.',
  },
  'team-too-old': {
    message: 'The team’s server is too old for this extension.',
    retryable: false,
    nextStep: 'Ask whoever looks after the server to update it.',
  },
  'live-not-here': {
    message: 'Playing videos are not checked on this team’s server.',
    retryable: false,
    nextStep:
      'Save the video and check the file on the team’s history page, or choose Touchstone on this computer in the options of the extension.',
  },
  'private-not-here': {
    message:
      'This team’s server cannot check a picture without keeping it, so nothing from private windows is checked there.',
    retryable: false,
    nextStep: 'Choose Touchstone on this computer in the options of the extension.',
  },
  'not-on-team-server': {
    message: 'On a team’s server the extension cannot change that.',
    retryable: false,
    nextStep: 'Ask an admin of your team.',
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERROR_KINDS;

export const ERROR_CODES = Object.keys(ERROR_KINDS) as [ErrorCode, ...ErrorCode[]];
