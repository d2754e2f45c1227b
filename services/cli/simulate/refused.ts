import { createTranslator } from 'use-intl/core';
import messages from '@/messages/es-PE/simulate.json';

export const t = createTranslator({
  locale: 'es-PE',
  messages: { simulate: messages },
  namespace: 'simulate',
});

export type RefusalReason = keyof (typeof messages)['refusal'];

/** One sentence for the person at the terminal; anything else that is thrown is a bug. */
export class Refused extends Error {
  constructor(
    readonly reason: RefusalReason,
    values: Readonly<Record<string, string | number>> = {},
  ) {
    super(t(`refusal.${reason}`, values));
  }
}
