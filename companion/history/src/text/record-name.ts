export { recordName } from '@touchstone/shared/words';
