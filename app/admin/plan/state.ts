/** What the upload form shows next; every text is already in the reader's language. */
export type ImportState = { readonly step: 'choose'; readonly error: string | null } | PreviewState;

export interface PreviewState {
  readonly step: 'preview';
  readonly name: string;
  /** The uploaded bytes, base64: they come back with the confirmation and are read again. */
  readonly document: string;
  /** SHA-256 of the document that was stored when this preview was made; empty without one. */
  readonly seen: string;
  readonly summary: string;
  readonly unchanged: string;
  readonly changes: readonly PreviewChange[];
  readonly someGone: boolean;
  readonly warnings: readonly string[];
}

export interface PreviewChange {
  readonly code: string;
  readonly kind: string;
  readonly before: string;
  readonly after: string;
  readonly note: string | null;
}
