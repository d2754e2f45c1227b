import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { TextInput } from '@/components/ui/field';
import { sealingKey, unseal } from './sealing';
import type { KeptTablet } from './store';

/** Asks for the officers' number: it opens the vouchers, and the way back from a voter's hands. */
export function Unlock({
  tablet,
  title,
  lead,
  onOpened,
}: {
  readonly tablet: KeptTablet;
  readonly title: string;
  readonly lead: string;
  readonly onOpened: (key: CryptoKey) => void;
}) {
  const t = useTranslations('tablet.unlock');
  const [isWrong, setWrong] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const open = async (pin: string): Promise<void> => {
    setBusy(true);
    const key = await sealingKey(pin, tablet.pinSalt);
    const opened = (await unseal(key, tablet.pinCheck)) === 'minka';
    setBusy(false);
    setWrong(!opened);
    if (opened) onOpened(key);
  };
  return (
    <>
      <PageHeader title={title} lead={lead} eyebrow={tablet.id} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const pin = new FormData(event.currentTarget).get('pin');
          if (typeof pin === 'string') void open(pin);
        }}
      >
        <TextInput
          id="pin"
          name="pin"
          label={t('pin')}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          width="short"
          error={isWrong ? t('wrong') : undefined}
        />
        <Button type="submit" disabled={isBusy}>
          {t('open')}
        </Button>
      </form>
    </>
  );
}
