import * as v from 'valibot';
import { PairedBrowsers } from '../paired-browser.ts';
import { GivenId } from './given-id.ts';
import { json, NOTHING, type RouteGroup } from './route.ts';

export const BrowserParams = v.object({ id: GivenId });

export const browsers = {
  list: {
    method: 'GET',
    path: '/api/browsers',
    access: 'either',
    summary: 'The paired browsers.',
    answer: json(PairedBrowsers),
    errors: [],
  },
  revoke: {
    method: 'DELETE',
    path: '/api/browsers/:id',
    access: 'either',
    summary: 'Ends the pairing of a browser, at once.',
    params: BrowserParams,
    answer: NOTHING,
    errors: ['not-found', 'disk-full'],
  },
} as const satisfies RouteGroup;
