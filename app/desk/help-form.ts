import 'server-only';
import type { Help } from '@/lib/credentials/desk';
import { helpReasonInput } from '@/lib/desk/input';
import { dniInput, problemOf } from '@/lib/roll/input';
import { rollKeys } from '@/lib/roll/keys';
import { hashDni } from '@/lib/roll/secrets';
import { ok, refuse, type Result } from '@/lib/shared/result';

/** Who helps, as the form says it; null when nobody does. */
export function helpIn(
  form: FormData,
): Result<Help | null, 'helper-malformed' | 'help-reason' | 'help-not-declared'> {
  const helper = dniInput.safeParse(form.get('helper'));
  if (!helper.success) {
    return problemOf(helper.error) === 'empty' ? ok(null) : refuse('helper-malformed');
  }
  const reason = helpReasonInput.safeParse(form.get('helpReason'));
  if (!reason.success) return refuse('help-reason');
  if (form.get('helpDeclared') !== 'on') return refuse('help-not-declared');
  return ok({ helperHash: hashDni(rollKeys().dniKey, helper.data), reason: reason.data });
}
