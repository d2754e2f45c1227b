/**
 * The data banks of this installation (Ley N.° 29733, arts. 28 and 34: what a holder keeps and tells
 * the national register). The words of each stand in messages, `privacy.register.banks.<bank>`.
 */
export const DATA_BANKS = ['roll', 'lists', 'agents', 'votes', 'staff'] as const;

/** What is told of a bank. The last two are for staff and the authority. */
export const BANK_FACTS = [
  'purpose',
  'basis',
  'data',
  'recipients',
  'retention',
  'security',
] as const;
export type BankFact = (typeof BANK_FACTS)[number];

export const PUBLIC_FACTS: readonly BankFact[] = ['purpose', 'basis', 'data', 'retention'];
