import { GivenId } from '@touchstone/shared';
import * as v from 'valibot';

/** Parameters of every address under /api/history/records/:id. */
export const RecordParams = v.object({ id: GivenId });
