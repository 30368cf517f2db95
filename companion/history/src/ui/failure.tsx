import { ErrorMessage } from './error-message.tsx';

/** What went wrong, told at once; nothing where nothing did. */
export function Failure({ error }: { readonly error: Error | null }) {
  if (!error) return null;
  return (
    <div role="alert">
      <ErrorMessage error={error} />
    </div>
  );
}
