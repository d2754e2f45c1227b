import { isPublicState } from './policy';
import type { ProposalFilters } from './types';

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

const MAX_WORDS_LENGTH = 80;
const MAX_PAGE = 10_000;

/** Names of the filters in the address, in the residents' language. */
export const FILTER_NAMES = {
  cycleId: 'proceso',
  dimension: 'dimension',
  envelopeId: 'fondo',
  state: 'estado',
  words: 'buscar',
  page: 'pagina',
} as const;

function single(params: SearchParams, name: string): string | null {
  const value = params[name];
  const text = (typeof value === 'string' ? value : value?.[0])?.trim();
  // A NUL byte cannot be stored nor asked for in PostgreSQL.
  return text && !text.includes('\0') ? text : null;
}

/** The filters of an address. What is not understood narrows nothing: a shared link never breaks. */
export function filtersOf(params: SearchParams): ProposalFilters & { readonly page: number } {
  const state = single(params, FILTER_NAMES.state);
  const page = Number(single(params, FILTER_NAMES.page) ?? '1');
  return {
    cycleId: single(params, FILTER_NAMES.cycleId),
    dimension: single(params, FILTER_NAMES.dimension),
    envelopeId: single(params, FILTER_NAMES.envelopeId),
    state: state !== null && isPublicState(state) ? state : null,
    words: single(params, FILTER_NAMES.words)?.slice(0, MAX_WORDS_LENGTH) ?? null,
    page: Number.isInteger(page) && page >= 1 && page <= MAX_PAGE ? page : 1,
  };
}

/** The address of a page of the same list. */
export function addressOf(filters: ProposalFilters, page = 1): string {
  const search = new URLSearchParams();
  const set = (name: string, value: string | null) => {
    if (value !== null) search.set(name, value);
  };
  set(FILTER_NAMES.cycleId, filters.cycleId);
  set(FILTER_NAMES.dimension, filters.dimension);
  set(FILTER_NAMES.envelopeId, filters.envelopeId);
  set(FILTER_NAMES.state, filters.state);
  set(FILTER_NAMES.words, filters.words);
  if (page > 1) search.set(FILTER_NAMES.page, String(page));
  const text = search.toString();
  return text === '' ? '/propuestas' : `/propuestas?${text}`;
}
