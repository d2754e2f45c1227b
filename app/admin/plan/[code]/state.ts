/** What was typed, so that nothing is typed twice, and what is wrong with it. */
export interface EditorState {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
}

export interface EditorField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly long?: boolean;
}
