'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { readReturn, type ReturnFileProblem, type TabletReturn } from '@/lib/tablets/return-file';
import { BringBack } from './bring-back-button';
import { Minutes } from './minutes';

/** Brings a tablet home from the file on a stick, in the officer's browser: ballots never pass here. */
export function FromFile({ tablet, boxUrl }: { readonly tablet: string; readonly boxUrl: string }) {
  const t = useTranslations('tablet.fromFile');
  const [back, setBack] = useState<TabletReturn | null>(null);
  const [problem, setProblem] = useState<ReturnFileProblem | null>(null);
  const read = async (file: File): Promise<void> => {
    const result = await readReturn(await file.text(), tablet);
    setBack(result.ok ? result.value : null);
    setProblem(result.ok ? null : result.reason);
  };
  return (
    <>
      <Field
        id="tablet-file"
        label={t('label')}
        hint={t('hint')}
        error={problem === null ? undefined : t(`problem.${problem}`)}
      >
        <input
          id="tablet-file"
          type="file"
          accept="application/json,.json"
          aria-invalid={problem === null ? undefined : true}
          aria-describedby={problem === null ? 'tablet-file-hint' : 'tablet-file-error'}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) void read(file);
          }}
        />
      </Field>
      {back === null ? null : (
        <>
          <Minutes minutes={back.minutes} />
          <div className="mt-4">
            <BringBack
              boxUrl={boxUrl}
              prepare={() => Promise.resolve(back)}
              onDone={() => {
                location.reload();
              }}
            />
          </div>
        </>
      )}
    </>
  );
}
