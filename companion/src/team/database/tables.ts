import type { Generated } from 'kysely';

/** Columns as PostgreSQL holds them; 64-bit integers are read as numbers (open-database.ts), and none is beyond 2^53. */
interface RecordsTable {
  readonly tenant: string;
  readonly number: number;
  readonly link: number;
  readonly owner: string;
  readonly id: string;
  readonly verdict: string;
  readonly leaning: string | null;
  readonly probability: number;
  readonly kind: string;
  readonly site: string;
  readonly pack: string;
  readonly label: string;
  readonly sha256: string;
  readonly perceptual_hash: string;
  readonly url: string;
  readonly page_url: string;
  readonly title: string;
  readonly file_name: string;
  readonly body: string;
  readonly words: string;
  readonly content: string | null;
  /** Of the text, the kept pictures and the kept content. */
  readonly bytes: number;
  readonly deletion: number | null;
}

interface MediaTable {
  readonly tenant: string;
  readonly number: number;
  readonly kind: string;
  readonly place: number;
  readonly bytes: Uint8Array;
}

interface ChainTable {
  readonly tenant: string;
  readonly link: number;
  readonly number: number | null;
  readonly digest: Uint8Array;
  readonly hash: Uint8Array;
}

interface DeletionsTable {
  readonly number: Generated<number>;
  readonly tenant: string;
  readonly owner: string;
  readonly id: string;
  readonly due_at: number;
}

interface CasesTable {
  readonly number: Generated<number>;
  readonly id: string;
  readonly tenant: string;
  readonly owner: string;
  readonly name: string;
  readonly note: string;
  /** JSON of a list. */
  readonly tags: string;
  /** What everybody in the team may do with it. */
  readonly everybody: Generated<string | null>;
  readonly created_at: number;
  readonly updated_at: number;
}

interface BesideRecord {
  readonly tenant: string;
  readonly number: number;
}

/** Tables of the schema `touchstone` that statements are built for; the others are asked in SQL alone. */
export interface TeamTables {
  readonly records: RecordsTable;
  readonly media: MediaTable;
  readonly chain: ChainTable;
  readonly deletions: DeletionsTable;
  readonly cases: CasesTable;
  readonly case_records: BesideRecord & { readonly case_id: string };
  readonly record_tags: BesideRecord & { readonly tag: string };
  readonly record_notes: BesideRecord & { readonly note: string };
}
