import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES, type ErrorCode } from '@touchstone/shared';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

/** By what a test reaches the product: each must stand in a test of that surface. */
const SURFACES = {
  /** A companion that listens, over HTTP or its socket, or the start of one. */
  companion: /startTestCompanion|startCompanion\(/,
  /** A process of its own: the command line, a decoder, a loader of models. */
  process: /execFile|spawn|fork|runTouchstone|createDecoder|startDecoder|send\(|program\(/,
  /** A team's server that listens, with its database. */
  team: /startDesk\(/,
  /** The background of the extension, with the browser's and the companion's ends played. */
  extension: /wxt\/browser|createCompanion|createChecks|from '\.\//,
  /** Models: what installs and loads them, with files and servers that are there. */
  models: /installPack|download\(|openPack|createInferenceEngine|createEngine/,
  /** A function of a room whose cause only the operating system or a ruined folder gives. */
  room: /from '\.\//,
} as const;

/** The test that has the product say each code, found by hand and held to by name. */
const PRODUCED: Readonly<Record<ErrorCode, readonly [surface: keyof typeof SURFACES, file: string]>> = {
  'bad-message': ['companion', 'companion/src/gateway/socket/stream.test.ts'],
  'not-paired': ['companion', 'companion/src/gateway/socket/handshake.attack.test.ts'],
  'pairing-code-wrong': ['companion', 'companion/src/gateway/socket/handshake.attack.test.ts'],
  'extension-too-old': ['companion', 'companion/src/gateway/socket/handshake.attack.test.ts'],
  'companion-too-old': ['companion', 'companion/src/gateway/socket/handshake.attack.test.ts'],
  'companion-unreachable': ['extension', 'extension/src/background/connection/companion.test.ts'],
  'companion-not-genuine': ['companion', 'companion/src/daemon/control-socket.attack.test.ts'],
  busy: ['companion', 'companion/src/gateway/v1/unavailable.test.ts'],
  'window-exceeded': ['companion', 'companion/src/gateway/socket/stream.test.ts'],
  cancelled: ['companion', 'companion/src/gateway/aliases/aliases.test.ts'],
  'shutting-down': ['companion', 'companion/src/gateway/v1/unavailable.test.ts'],
  'empty-file': ['companion', 'companion/src/gateway/v1/refused-files.test.ts'],
  'too-large': ['companion', 'companion/src/gateway/v1/refused-files.test.ts'],
  'too-long': ['companion', 'companion/src/gateway/v1/refused-files.test.ts'],
  'too-many-pixels': ['companion', 'companion/src/gateway/v1/refused-files.test.ts'],
  'decode-limit': ['process', 'companion/src/picture-decoder/decoder-process.attack.test.ts'],
  'too-small': ['companion', 'companion/src/gateway/v1/refused-files.test.ts'],
  'unsupported-format': ['companion', 'companion/src/gateway/v1/refused-files.test.ts'],
  'svg-refused': ['companion', 'companion/src/gateway/v1/refused-files.test.ts'],
  'heic-refused': ['companion', 'companion/src/gateway/v1/refused-files.test.ts'],
  'hdr-refused': ['companion', 'companion/src/gateway/v1/refused-files.test.ts'],
  'raw-refused': ['companion', 'companion/src/gateway/v1/refused-files.test.ts'],
  'broken-picture': ['companion', 'companion/src/gateway/v1/refused-files.test.ts'],
  'not-found': ['companion', 'companion/src/gateway/v1/records.test.ts'],
  'unknown-address': ['companion', 'companion/src/gateway/refusals.test.ts'],
  'wrong-host': ['companion', 'companion/src/gateway/refusals.test.ts'],
  'token-wrong': ['companion', 'companion/src/gateway/v1/tokens.attack.test.ts'],
  'file-unreadable': ['companion', 'companion/src/jobs/run-jobs.test.ts'],
  'picture-gone': ['extension', 'extension/src/background/checks/run-check.test.ts'],
  'protected-page': ['extension', 'extension/src/background/menus/ask-in-tab.test.ts'],
  'private-window': ['extension', 'extension/src/background/checks/check-port.test.ts'],
  'pack-unknown': ['companion', 'companion/src/gateway/v1/refused-files.test.ts'],
  'pack-invalid': ['models', 'models/src/install/install-pack.test.ts'],
  'dataset-unusable': ['companion', 'companion/src/gateway/v1/trainings.test.ts'],
  'case-full': ['companion', 'companion/src/gateway/v1/cases.test.ts'],
  'pack-in-use': ['room', 'companion/src/pipeline/pack-versions.test.ts'],
  'base-missing': ['models', 'models/src/pack/heads.attack.test.ts'],
  'pack-exists': ['models', 'models/src/install/install-pack.test.ts'],
  'download-failed': ['models', 'models/src/install/download.test.ts'],
  'hash-mismatch': ['models', 'models/src/install/install-pack.test.ts'],
  'inference-failed': ['models', 'companion/src/inference/inference-engine.test.ts'],
  'telemetry-on': ['process', 'models/src/runtime/telemetry.attack.test.ts'],
  'log-failed': ['companion', 'companion/src/daemon/log-troubles.test.ts'],
  'disk-full': ['room', 'companion/src/daemon/disk-full.attack.test.ts'],
  'backup-failed': ['process', 'companion/src/cli/backup-commands.test.ts'],
  'backup-damaged': ['room', 'companion/src/backup/backup.test.ts'],
  'config-invalid': ['process', 'companion/src/cli/config-commands.test.ts'],
  'log-damaged': ['companion', 'companion/src/daemon/log-troubles.test.ts'],
  'log-newer': ['companion', 'companion/src/daemon/log-troubles.test.ts'],
  'log-locked': ['companion', 'companion/src/daemon/log-troubles.test.ts'],
  'log-read-only': ['companion', 'companion/src/daemon/log-troubles.test.ts'],
  'clock-jumped': ['room', 'companion/src/daemon/clock.attack.test.ts'],
  unauthorized: ['companion', 'companion/src/gateway/refusals.test.ts'],
  'sign-in-failed': ['room', 'companion/src/team/people/sign-in.team.test.ts'],
  'invitation-unusable': ['room', 'companion/src/team/people/sign-in.team.test.ts'],
  'role-missing': ['room', 'companion/src/team/serve/roles.team.test.ts'],
  'not-yours': ['room', 'companion/src/team/records/case-sharing.team.test.ts'],
  'last-admin': ['room', 'companion/src/team/people/people.team.test.ts'],
  'last-way-in': ['room', 'companion/src/team/people/own-passkeys.team.test.ts'],
  'scope-missing': ['companion', 'companion/src/gateway/v1/tokens.attack.test.ts'],
  'rate-limited': ['companion', 'companion/src/gateway/v1/rate-limit.test.ts'],
  'request-in-flight': ['companion', 'companion/src/gateway/v1/checks.test.ts'],
  'key-reused': ['companion', 'companion/src/gateway/v1/checks.test.ts'],
  'bad-request': ['companion', 'companion/src/gateway/v1/records.test.ts'],
  'recording-paused': ['companion', 'companion/src/gateway/v1/checks.test.ts'],
  'job-set-aside': ['companion', 'companion/src/daemon/accepted-jobs.test.ts'],
  'undo-too-late': ['companion', 'companion/src/gateway/undo-deletion.test.ts'],
  'picture-not-kept': ['companion', 'companion/src/gateway/evidence.test.ts'],
  'video-unreadable': ['companion', 'companion/src/gateway/v1/refused-files.test.ts'],
  'video-decoder-missing': ['room', 'companion/src/video-file/decode-video.test.ts'],
  'video-protected': ['companion', 'companion/src/gateway/v1/refused-files.test.ts'],
  'too-many-videos': ['room', 'companion/src/live/live-tracks.test.ts'],
  'track-unknown': ['companion', 'companion/src/gateway/socket/live-video.test.ts'],
  'trust-list-unreadable': ['room', 'companion/src/evidence/provenance/trust-lists.test.ts'],
  'folder-unusable': ['companion', 'companion/src/daemon/unusable-folder.attack.test.ts'],
  'autostart-failed': ['room', 'companion/src/autostart/autostart.test.ts'],
  'folder-in-use': ['companion', 'companion/src/daemon/folder-lock.attack.test.ts'],
  'team-not-let-in': ['extension', 'extension/src/background/connection/team.test.ts'],
  'team-unreachable': ['extension', 'extension/src/background/connection/why-unreachable.test.ts'],
  'team-certificate': ['extension', 'extension/src/background/connection/why-unreachable.test.ts'],
  'team-no-stream': ['extension', 'extension/src/background/connection/why-unreachable.test.ts'],
  'team-not-there': ['extension', 'extension/src/background/connection/team.test.ts'],
  'team-too-old': ['extension', 'extension/src/background/connection/team.test.ts'],
  'live-not-here': ['team', 'companion/src/team/serve/team-socket.team.test.ts'],
  'private-not-here': ['team', 'companion/src/team/serve/team-socket.team.test.ts'],
  'not-on-team-server': ['team', 'companion/src/team/serve/team-socket.team.test.ts'],
  'team-in-use': ['extension', 'extension/src/background/pairing/answer-pair.test.ts'],
  internal: ['companion', 'companion/src/gateway/v1/unavailable.test.ts'],
};

/** Whether a test itself makes the error, as a stand-in does: what it expects to read is no such thing. */
const makesItself = (text: string, code: ErrorCode): boolean => text.includes(`new TouchstoneError('${code}'`);

it('every code has a test that has the product say it', () => {
  expect(Object.keys(PRODUCED).toSorted()).toEqual(ERROR_CODES.toSorted());
});

it.each(Object.entries(PRODUCED) as [ErrorCode, (typeof PRODUCED)[ErrorCode]][])(
  '%s is said where it is looked for',
  (code, [surface, file]) => {
    const path = join(ROOT, file);
    expect(existsSync(path), file).toBe(true);
    const text = readFileSync(path, 'utf8');
    expect(text, 'it names the code').toMatch(new RegExp(`['(]${code}[':]`));
    expect(text, 'it expects something').toContain('expect(');
    expect(makesItself(text, code), 'nobody but the product makes the error').toBe(false);
    expect(text, `it reaches the ${surface}`).toMatch(SURFACES[surface]);
  },
);
