import * as v from 'valibot';

/** Id of a record or a browser as somebody gives it: what it names need not exist. */
export const GivenId = v.pipe(v.string(), v.maxLength(64));
