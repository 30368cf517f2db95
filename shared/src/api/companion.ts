import * as v from 'valibot';
import { CompanionStatus } from '../status.ts';
import { json, type RouteGroup } from './route.ts';

export const ShutdownAnswer = v.object({ stopping: v.boolean() });

export const companion = {
  status: {
    method: 'GET',
    path: '/api/status',
    access: 'either',
    summary: 'What runs, on what, and why.',
    answer: json(CompanionStatus),
    errors: [],
  },
  shutdown: {
    method: 'POST',
    path: '/api/shutdown',
    access: 'control',
    summary: 'Ends the companion once what it has accepted is done.',
    answer: json(ShutdownAnswer, 202),
    errors: [],
  },
} as const satisfies RouteGroup;
