import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { TextInput } from '@/components/ui/field';
import type { KeptTablet } from './kept';
import { openTablet, type Opened } from './opening';

/** Asks for the table's key: without it a stolen tablet casts nothing. */
export function Unlock({
  tablet,
  onOpened,
}: {
  readonly tablet: KeptTablet;
  readonly onOpened: (opened: Opened) => void;
}) {
  const t = useTranslations('tablet.unlock');
  const [isWrong, setWrong] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const open = async (typed: string): Promise<void> => {
    setBusy(true);
    const opened = await openTablet(tablet, typed);
    setBusy(false);
    setWrong(opened === null);
    if (opened !== null) onOpened(opened);
  };
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} eyebrow={tablet.id} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const typed = new FormData(event.currentTarget).get('pin');
          if (typeof typed === 'string') void open(typed);
        }}
      >
        <TextInput
          id="pin"
          name="pin"
          label={t('pin')}
          type="password"
          autoComplete="off"
          error={isWrong ? t('wrong') : undefined}
        />
        <Button type="submit" disabled={isBusy}>
          {t('open')}
        </Button>
      </form>
    </>
  );
}
