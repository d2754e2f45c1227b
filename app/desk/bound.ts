import 'server-only';
import { notFound } from 'next/navigation';
import { isUuid } from './addresses';
import { roundId } from '@/lib/shared/input';

/**
 * What a form was bound to comes back from the browser and is whatever it likes to say: an address
 * that nobody has is not found, before anything is asked of the database.
 */
export function checkBound(
  ids: readonly unknown[],
  of: { readonly round?: unknown; readonly form?: unknown } = {},
): void {
  if (!ids.every(isUuid)) notFound();
  if ('round' in of && !roundId.safeParse(of.round).success) notFound();
  if ('form' in of && !(of.form instanceof FormData)) notFound();
}
