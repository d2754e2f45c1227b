import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { TextInput } from '@/components/ui/field';
import { isTurn } from './table-key';

/** Whoever still holds the tablet may try this often before the whole key is asked for. */
const MOST_WRONG = 5;
/** A generated key's last group; longer ones are numbers of earlier tablets. */
const SHORT = 4;

/** From the voter's hands to the table's: the voter must not open it for the next one. */
export function HandBack({
  id,
  turn,
  onOpened,
  onLocked,
}: {
  readonly id: string;
  readonly turn: string;
  readonly onOpened: () => void;
  readonly onLocked: () => void;
}) {
  const t = useTranslations('tablet.unlock');
  const [isWrong, setWrong] = useState(false);
  const wrongs = useRef(0);
  const isShort = turn.length === SHORT;
  return (
    <>
      <PageHeader
        title={t('backTitle')}
        lead={t(isShort ? 'backLead' : 'backLeadNumber')}
        eyebrow={id}
      />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const typed = new FormData(form).get('turn');
          if (typeof typed === 'string' && isTurn(typed, turn)) {
            onOpened();
            return;
          }
          form.reset();
          wrongs.current += 1;
          setWrong(true);
          if (wrongs.current >= MOST_WRONG) onLocked();
        }}
      >
        <TextInput
          id="turn"
          name="turn"
          label={t(isShort ? 'turn' : 'pin')}
          type="password"
          autoComplete="off"
          width="short"
          error={isWrong ? t('wrong') : undefined}
        />
        <Button type="submit">{t('open')}</Button>
      </form>
    </>
  );
}
