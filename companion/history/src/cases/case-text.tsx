import type { Case } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';

/** Note and tags of a case as they are read. */
export function CaseText({ of: { note, tags } }: { readonly of: Pick<Case, 'note' | 'tags'> }) {
  return (
    <>
      {note !== '' && (
        <p className="case-note" dir="auto">
          {foreignText(note, { lines: 'many' })}
        </p>
      )}
      {tags.length > 0 && (
        <ul className="tag-list">
          {tags.map((tag) => (
            <li key={tag} className="tag-word">
              <bdi>{foreignText(tag)}</bdi>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
