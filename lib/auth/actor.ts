import type { AuditActor } from '@/lib/audit/actions';
import type { Role } from './roles';

/** Who is acting: every command takes one and asks its policy. */
export type Actor =
  | {
      readonly kind: 'staff';
      readonly id: string;
      readonly displayName: string;
      readonly roles: readonly Role[];
    }
  | { readonly kind: 'operator' }
  | { readonly kind: 'worker' }
  | { readonly kind: 'system' };

export type StaffActor = Extract<Actor, { kind: 'staff' }>;

export function auditActor(actor: Actor): AuditActor {
  return actor.kind === 'staff' ? `staff:${actor.id}` : actor.kind;
}
