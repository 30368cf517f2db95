import type { Messages } from '../message.ts';

/** Why the model runs on the provider that it runs on. */
export const provider = {
  'provider-no-pack': 'No model pack is installed.',
  'provider-not-tried': 'The CPU runs the model while faster providers are being tried.',
  'provider-asked-cpu': 'The CPU was asked for.',
  'provider-asked': '{provider} was asked for and passed its self-test.',
  'provider-asked-fails': 'The CPU runs the model: {provider} was asked for but fails ({failures}).',
  'provider-none-built-in': 'The CPU runs the model: no faster provider is built in.',
  'provider-none-works': 'The CPU runs the model: no faster provider works here ({failures}).',
  'provider-not-faster':
    'The CPU runs the model: {provider} works but is not faster ({ms} ms a picture against {cpuMs} ms on the CPU).',
  'provider-fastest':
    '{provider} passed its self-test and is the fastest ({ms} ms a picture against {cpuMs} ms on the CPU).',
  'provider-works': '{provider} passed its self-test.',
  'provider-failed-at-work': 'The CPU runs the model: {provider} failed in the middle of work.',
  'provider-failure': '{provider}: {why}',
  'provider-failure-no-gpu': 'no usable GPU or GPU driver was found',
  'provider-failure-no-library': 'its libraries are not installed',
  'provider-failure-not-built-in': 'this build does not have it',
  'provider-failure-no-answer': 'it did not answer in time',
  'provider-failure-crashed': 'its driver crashed ({detail})',
  'provider-failure-wrong-numbers': 'it computes wrongly here',
  'provider-failure-failed': 'it fails ({detail})',
} as const satisfies Messages;
