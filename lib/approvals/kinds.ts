import { grantKind } from '@/lib/auth/grant';
import { recoveryKind } from '@/lib/auth/recovery';
import { listKinds } from '@/lib/lists/approval-kinds';
import { rollKinds } from '@/lib/roll/approval-kinds';
import { tabletReleaseKind } from '@/lib/tablets/approval-kind';
import { letterKinds } from '@/lib/verification/letter-approval';
import { roundKinds } from './rounds/kinds';
import type { AnyApprovalKind } from './kind';

/** Every act that takes two people. A new one is declared by its area and added here. */
const KINDS: readonly AnyApprovalKind[] = [
  ...letterKinds,
  ...listKinds,
  grantKind,
  recoveryKind,
  ...rollKinds,
  ...roundKinds,
  tabletReleaseKind,
];

const byName = new Map(KINDS.map((kind) => [kind.kind, kind]));

export function kindOf(name: string): AnyApprovalKind | null {
  return byName.get(name) ?? null;
}
