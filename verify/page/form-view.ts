import type { Language } from '../words/words';
import { el } from './dom';
import { PAGE_WORDS } from './page-words';

export interface Wanted {
  readonly address: string | null;
  readonly files: readonly File[];
  readonly manifestHash: string | null;
  readonly since: File | null;
  /** What a phone saved when something about its vote was wrong. */
  readonly proof: File | null;
}

export interface FormStart {
  readonly language: Language;
  readonly address: string;
  /** Rounds of the site's ballot box, to choose from. */
  readonly rounds: readonly string[];
  /** Where the records of these rounds begin. */
  readonly recordBase: string | null;
  readonly error: string | null;
  readonly onWanted: (wanted: Wanted) => void;
}

/** What to verify: an address, or a folder; and what to compare it with. */
export function formView(start: FormStart): HTMLElement {
  const words = PAGE_WORDS[start.language];
  const input = (attributes: Record<string, string | true | undefined>): HTMLInputElement =>
    el('input', attributes);
  const address = input({
    id: 'address',
    name: 'address',
    type: 'url',
    inputmode: 'url',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': 'address-hint',
    value: start.address,
  });
  const folder = input({ id: 'folder', type: 'file', webkitdirectory: true, multiple: true });
  const hash = input({
    id: 'hash',
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': 'hash-hint',
  });
  const since = input({ id: 'since', type: 'file' });
  const proof = input({
    id: 'proof',
    type: 'file',
    accept: '.json,application/json',
    'aria-describedby': 'proof-hint',
  });
  const want = (how: 'address' | 'folder'): void => {
    start.onWanted({
      address: how === 'address' ? address.value.trim() : null,
      files: how === 'folder' ? [...(folder.files ?? [])] : [],
      manifestHash: hash.value.replace(/\s/g, '') || null,
      since: since.files?.[0] ?? null,
      proof: proof.files?.[0] ?? null,
    });
  };
  const byFolder = el('button', { type: 'button', class: 'quiet' }, words.verifyFolder);
  byFolder.addEventListener('click', () => {
    want('folder');
  });
  const form = el(
    'form',
    { novalidate: true },
    ...(start.error === null ? [] : [problemView(start.error, start.language)]),
    ...roundChoice(start, address),
    el('label', { for: 'address' }, words.address),
    el('p', { class: 'hint', id: 'address-hint' }, words.addressHint),
    address,
    el('button', { type: 'submit' }, words.verifyAddress),
    el('label', { for: 'folder' }, words.folder),
    folder,
    byFolder,
    el(
      'details',
      {},
      el('summary', {}, words.more),
      el('label', { for: 'hash' }, words.hash),
      el('p', { class: 'hint', id: 'hash-hint' }, words.hashHint),
      hash,
      el('label', { for: 'since' }, words.since),
      since,
      el('label', { for: 'proof' }, words.proof),
      el('p', { class: 'hint', id: 'proof-hint' }, words.proofHint),
      proof,
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    want('address');
  });
  return form;
}

function roundChoice(start: FormStart, address: HTMLInputElement): HTMLElement[] {
  const { rounds, recordBase, language } = start;
  if (recordBase === null || rounds.length === 0) return [];
  const addressOf = (round: string): string => `${recordBase}${round}/`;
  const options = rounds.map((round) =>
    el(
      'option',
      { value: addressOf(round), selected: addressOf(round) === start.address || undefined },
      round,
    ),
  );
  const select = el('select', { id: 'round' }, el('option', { value: '' }, '—'), ...options);
  select.addEventListener('change', () => {
    address.value = select.value;
  });
  return [el('label', { for: 'round' }, PAGE_WORDS[language].choose), select];
}

export function problemView(sentence: string, language: Language): HTMLElement {
  return el(
    'div',
    { class: 'box problem', role: 'alert', tabindex: '-1', id: 'problem' },
    el('h2', {}, PAGE_WORDS[language].problem),
    el('p', {}, sentence),
  );
}
