import { randomUUID } from 'node:crypto';
import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { Select, TextArea, TextInput } from '@/components/ui/field';
import { Section } from '@/components/ui/section';
import { INCIDENT_KINDS } from '@/db/registry/schema';
import { endShift, signThisShift, writeIncident } from '../../shift-actions';

export async function IncidentForm({ shiftId }: { readonly shiftId: string }) {
  const t = await getTranslations('desk.shift');
  return (
    <div className="print:hidden">
      <Section title={t('incidentTitle')}>
        <form action={writeIncident.bind(null, shiftId)} className="max-w-(--container-text)">
          {/* The same form sent twice is one incident. */}
          <input type="hidden" name="id" value={randomUUID()} />
          <Select
            id="kind"
            name="kind"
            label={t('incidentKind')}
            options={INCIDENT_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          />
          <TextArea
            id="words"
            name="words"
            label={t('incidentWords')}
            hint={t('incidentHint')}
            rows={3}
            minLength={5}
            maxLength={1000}
            required
          />
          <Button variant="secondary">{t('incidentSubmit')}</Button>
        </form>
      </Section>
    </div>
  );
}

/** Closing one's own shift, or the one that an officer left open: then with its reason, for a third to sign. */
export async function CloseForm({
  shiftId,
  leftOpenBy = null,
}: {
  readonly shiftId: string;
  readonly leftOpenBy?: string | null;
}) {
  const t = await getTranslations('desk.shift');
  const isOwn = leftOpenBy === null;
  return (
    <div className="print:hidden">
      <Section
        title={isOwn ? t('closeTitle') : t('closeOtherTitle')}
        lead={isOwn ? t('closeLead') : t('closeOtherLead', { officer: leftOpenBy })}
      >
        <form action={endShift.bind(null, shiftId)} className="max-w-(--container-text)">
          <TextInput
            id="papers"
            name="papers"
            label={t('closePapers')}
            width="code"
            inputMode="numeric"
            autoComplete="off"
            maxLength={6}
            required
          />
          <TextInput
            id="spoiled"
            name="spoiled"
            label={t('closeSpoiled')}
            hint={t('closeSpoiledHint')}
            width="code"
            inputMode="numeric"
            autoComplete="off"
            defaultValue="0"
            maxLength={6}
            required
          />
          <TextArea
            id="note"
            name="note"
            label={isOwn ? t('closeNote') : t('closeOtherNote')}
            hint={isOwn ? t('closeNoteHint') : t('closeOtherNoteHint')}
            minLength={isOwn ? undefined : 5}
            maxLength={1000}
            required={!isOwn}
          />
          {isOwn ? (
            <TextInput
              id="alone"
              name="alone"
              label={t('closeAlone')}
              hint={t('closeAloneHint')}
              autoComplete="off"
              maxLength={500}
            />
          ) : (
            <input type="hidden" name="alone" value="" />
          )}
          <Button variant="danger">{isOwn ? t('closeSubmit') : t('closeOtherSubmit')}</Button>
        </form>
      </Section>
    </div>
  );
}

export async function SignForm({
  shiftId,
  officer,
}: {
  readonly shiftId: string;
  readonly officer: string;
}) {
  const t = await getTranslations('desk.shift');
  return (
    <form action={signThisShift.bind(null, shiftId)} className="mb-8 print:hidden">
      <p className="mb-3 max-w-(--container-text)">{t('signWhat', { officer })}</p>
      <Button>{t('sign')}</Button>
    </form>
  );
}
