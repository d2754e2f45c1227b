import { z } from 'zod';
import { DIMENSION_IDS } from '@/lib/plan/types';
import { WHOLE_BP } from './types';

/** What the council's form sends. `value` is read only when the choice is to amend. */
export const decisionForm = z.object({
  proposal: z.string().max(120),
  dimension: z.enum(DIMENSION_IDS),
  choice: z.enum(['adopt', 'scale', 'amend']),
  value: z.string().max(20),
  reason: z.string().max(2000),
});

/** Basis points of "32.5", "32,50" or "32.5 %"; null when it is no percentage from 0 to 100. */
export function basisPointsOf(text: string): number | null {
  const match = /^\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*%?\s*$/.exec(text);
  if (!match) return null;
  const points = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return points <= WHOLE_BP ? points : null;
}
