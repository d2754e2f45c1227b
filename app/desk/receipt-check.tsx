import { getTranslations } from 'next-intl/server';
import { lookUpReceipt } from '@/components/booth/look-up';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { Section } from '@/components/ui/section';
import { webEnv } from '@/lib/env';
import { slipOfRound } from './slip-addresses';

/** Whether the vote of a receipt is in the ballot box; a slip of the answer to take home. */
export async function ReceiptCheck({
  roundId,
  typed,
}: {
  readonly roundId: string;
  readonly typed: string | string[] | undefined;
}) {
  const t = await getTranslations('desk.people');
  const code = typeof typed === 'string' ? typed.slice(0, 60) : null;
  const boxUrl = new URL(webEnv().MINKA_BALLOT_BOX_URL).origin;
  const found = code === null ? null : await lookUpReceipt(boxUrl, roundId, code);
  return (
    <Section title={t('receiptTitle')} lead={t('receiptHow')} id="comprobante">
      <form method="get" action="#comprobante" className="max-w-(--container-text)">
        <TextInput
          id="codigo"
          name="codigo"
          label={t('code')}
          hint={t('codeHint')}
          error={found?.kind === 'unreadable' ? t('unreadable') : undefined}
          defaultValue={code ?? ''}
          width="half"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={60}
        />
        <Button variant="secondary">{t('check')}</Button>
      </form>
      <div role="status" className="mt-6">
        {found?.kind === 'recorded' ? (
          <Notice tone="success" title={t('recorded')}>
            <a href={slipOfRound(roundId, code ?? '')}>{t('printReceipt')}</a>
          </Notice>
        ) : null}
        {found?.kind === 'missing' ? (
          <Notice tone="danger" title={t('missing')}>
            <p>{t('missingDo')}</p>
          </Notice>
        ) : null}
        {found?.kind === 'away' ? <Notice tone="warning" title={t('away')} /> : null}
      </div>
      <p>
        <a href={slipOfRound(roundId)}>{t('printInstructions')}</a>
      </p>
    </Section>
  );
}
