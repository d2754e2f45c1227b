import { z } from 'zod';
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

export const VERDICTS = ['eligible', 'under-evaluation', 'rejected'] as const;

const sentence = (least: number, most: number) =>
  z.string().trim().min(least, 'too-short').max(most, 'too-long');

/** Soles as people write them: "1 250 000", "S/ 18,000.50"; céntimos out. */
export const solesInput = z
  .string()
  .trim()
  .transform((text, context) => {
    const digits = text.replace(/^s\/\.?/i, '').replace(/[\s,]/g, '');
    if (/^\d{1,9}(\.\d{1,2})?$/.test(digits)) {
      const [whole = '0', rest = ''] = digits.split('.');
      const cents = Number(whole) * 100 + Number(rest.padEnd(2, '0'));
      if (cents > 0) return cents;
    }
    context.addIssue({ code: 'custom', message: 'malformed' });
    return z.NEVER;
  });

/** What the technical team decides about a proposal. The reason is public and obligatory. */
export const evaluationInput = z.strictObject({
  code: z.string().regex(/^\d{4}-\d{3,4}$/, 'malformed'),
  verdict: z.enum(VERDICTS),
  reasonEs: sentence(10, 600),
  competence: z.enum(['municipal', 'shared', 'national']),
  costCents: z.number().int().positive(),
});
export type EvaluationInput = z.infer<typeof evaluationInput>;

/** A proposal as somebody writes it down for its authors. */
export const registrationInput = z.strictObject({
  envelopeId: z.string().min(1, 'required'),
  objectiveCode: z.string().regex(/^[A-Z]{3}-\d{1,2}-O\d{1,2}$/, 'required'),
  title: sentence(8, 90),
  label: sentence(4, 28),
  what: sentence(20, 1200),
  where: sentence(4, 300),
  why: sentence(20, 1200),
  costCents: z.number().int().positive(),
  proposerKind: z.enum(['resident', 'organisation', 'board']),
  proposerName: sentence(3, 120),
});
export type RegistrationInput = z.infer<typeof registrationInput>;
