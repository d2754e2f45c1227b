import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { writeReturn } from '@/lib/tablets/return-file';
import { BringBack } from './bring-back-button';
import type { KeptTablet } from './kept';
import { Minutes } from './minutes';
import { keepSynced } from './store';
import { returnOf } from './vote';

/** Closed: the minutes to photograph, and the two ways home. */
export function Closed({
  tablet,
  onChanged,
}: {
  readonly tablet: KeptTablet;
  readonly onChanged: () => void;
}) {
  const t = useTranslations('tablet.closed');
  const [file, setFile] = useState<string | null>(null);
  const { minutes, load } = tablet;
  if (minutes === null || load === null) return null;
  return (
    <>
      <PageHeader eyebrow={tablet.id} title={t('title')} lead={t('lead')} />
      <Minutes minutes={minutes} />
      <section className="mt-8">
        <h2 className="mb-3 text-xl">{t('bringTitle')}</h2>
        <p className="mb-4 max-w-(--container-text)">{t('bring')}</p>
        <BringBack
          boxUrl={load.boxUrl}
          prepare={() => returnOf(tablet)}
          onDone={() => {
            void keepSynced(tablet.id).then(onChanged);
          }}
        />
      </section>
      <section className="mt-8">
        <h2 className="mb-3 text-xl">{t('fileTitle')}</h2>
        <p className="mb-4 max-w-(--container-text)">{t('file')}</p>
        {file === null ? (
          <Button
            type="button"
            variant="secondary"
            onClick={() => {
              void returnOf(tablet).then((back) => {
                setFile(
                  URL.createObjectURL(new Blob([writeReturn(back)], { type: 'application/json' })),
                );
              });
            }}
          >
            {t('makeFile')}
          </Button>
        ) : (
          <a href={file} download={`minka-${tablet.id}.json`} className="font-semibold">
            {t('saveFile')}
          </a>
        )}
      </section>
    </>
  );
}
