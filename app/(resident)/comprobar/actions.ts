'use server';

import type { AskedByForm } from '@/components/booth/check-receipt';
import { lookUpReceipt } from '@/components/booth/look-up';
import { webEnv } from '@/lib/env';
import { isIdLike } from '@/lib/shared/page-number';

/** Asks the box for who has no JavaScript. The code is in no address and is not kept. */
export async function askByForm(_before: AskedByForm | null, form: FormData): Promise<AskedByForm> {
  const round = field(form, 'proceso');
  const boxUrl = new URL(webEnv().MINKA_BALLOT_BOX_URL).origin;
  const answer = isIdLike(round)
    ? await lookUpReceipt(boxUrl, round, field(form, 'codigo'))
    : ({ kind: 'away' } as const);
  return { round, answer };
}

function field(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.slice(0, 80) : '';
}
