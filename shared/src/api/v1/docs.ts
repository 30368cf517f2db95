import * as v from 'valibot';
import { json, type RouteGroup } from '../route.ts';

/** An OpenAPI document; what is in it is held to the standard by its own tools. */
export const OpenApiDocument = v.looseObject({ openapi: v.string() });

export const v1Docs = {
  openapi: {
    method: 'GET',
    path: '/v1/openapi.json',
    access: 'public',
    summary: 'The description of this API, OpenAPI 3.1.',
    answer: json(OpenApiDocument),
    errors: [],
  },
} as const satisfies RouteGroup;
