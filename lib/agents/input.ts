import { z } from 'zod';
import { ORGANISATION_KINDS } from '@/db/registry/schema';
import { names } from '@/lib/lists/input';
import { dniInput } from '@/lib/roll/input';
import { reasonInput } from '@/lib/shared/input';

export const agentInput = z.strictObject({
  names,
  organisation: z.string().trim().min(3, 'too-short').max(120, 'too-long'),
  organisationKind: z.enum(ORGANISATION_KINDS, 'empty'),
  districtCode: z.string().regex(/^\d{6}$/, 'empty'),
  certificateNumber: z.string().trim().min(1, 'empty').max(40, 'too-long'),
  certificateOn: z.iso.date('malformed'),
  consent: z.literal('yes', 'consent-needed'),
});
export type AgentInput = z.output<typeof agentInput>;

/** At the desk, where an officer reads the DNI of the person. */
export const deskAgentInput = agentInput.extend({ dni: dniInput });

export const accreditInput = z.strictObject({
  id: z.uuid(),
  decision: z.enum(['accredit', 'reject']),
  reason: reasonInput,
});
export type AccreditInput = z.output<typeof accreditInput>;
