import * as v from 'valibot';
import { CompanionSettings, SettingsPatch } from '../settings.ts';
import { json, jsonBody, type RouteGroup } from './route.ts';

/** Whether the companion starts when its owner logs in. */
export const Autostart = v.object({ on: v.boolean() });
export const AutostartRequest = v.strictObject({ on: v.boolean() });

export const settings = {
  get: {
    method: 'GET',
    path: '/api/settings',
    access: 'either',
    summary: 'The settings of the companion.',
    answer: json(CompanionSettings),
    errors: [],
  },
  change: {
    method: 'PATCH',
    path: '/api/settings',
    access: 'either',
    summary: 'Changes the settings it names; all of them come back.',
    body: jsonBody(SettingsPatch),
    answer: json(CompanionSettings),
    errors: ['disk-full', 'pack-unknown'],
  },
  autostart: {
    method: 'GET',
    path: '/api/autostart',
    access: 'either',
    summary: 'Whether the companion starts when its owner logs in.',
    answer: json(Autostart),
    errors: ['autostart-failed'],
  },
  switchAutostart: {
    method: 'PUT',
    path: '/api/autostart',
    access: 'either',
    summary: 'Has the companion start when its owner logs in, or no longer; the one that runs goes on.',
    body: jsonBody(AutostartRequest),
    answer: json(Autostart),
    errors: ['autostart-failed'],
  },
} as const satisfies RouteGroup;
