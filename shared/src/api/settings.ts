import { CompanionSettings, SettingsPatch } from '../settings.ts';
import { json, jsonBody, type RouteGroup } from './route.ts';

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
    errors: ['disk-full'],
  },
} as const satisfies RouteGroup;
