'use client';

import { useActionState, useEffect } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Checkbox, Radios, Select, TextInput, type Option } from '@/components/ui/field';
import { saveDraft } from './actions';
import { channelField, type DraftState } from './state';

export interface DraftLabels {
  readonly problem: string;
  readonly errorTitle: string;
  readonly cycle: string;
  readonly nameEs: string;
  readonly nameEn: string;
  readonly id: string;
  readonly idHint: string;
  readonly screenCode: string;
  readonly screenCodeHint: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly limaTime: string;
  readonly livePolicy: string;
  readonly livePolicies: readonly { value: string; label: string; hint: string }[];
  readonly minGroup: string;
  readonly minGroupHint: string;
  readonly questions: string;
  readonly ranksPlan: string;
  readonly rankingRule: string;
  readonly threshold: string;
  readonly thresholdHint: string;
  readonly picks: string;
  readonly picksHint: string;
  readonly ceiling: string;
  readonly ceilingHint: string;
  readonly channels: string;
  readonly channelsHint: string;
  readonly channelOptions: readonly Option[];
  readonly save: string;
}

interface Props {
  readonly labels: DraftLabels;
  readonly cycles: readonly Option[];
  readonly envelopes: readonly {
    field: string;
    thresholdField: string;
    ceilingField: string;
    picksField: string;
    label: string;
  }[];
  readonly ruleOptions: readonly Option[];
  readonly rankingOptions: readonly Option[];
  readonly initial: Readonly<Record<string, string>>;
}

/** Asked only with its rule; where the browser does not know `:has`, always there. */
const ONLY_WITH_THRESHOLD =
  '[.minka-envelope:not(:has(option[value=greedy-threshold]:checked))_&]:hidden';

/** Whatever the rule, unless the envelope is not on the ballot. */
const ONLY_ON_THE_BALLOT = '[.minka-envelope:has(option[value=none]:checked)_&]:hidden';

/** The same for the rules that go down a list, which may have a ceiling for each dimension. */
const ONLY_WITH_A_LIST = '[.minka-envelope:not(:has(option[value^=greedy]:checked))_&]:hidden';

/** A round being prepared. Works without JavaScript; what was typed is kept when something is wrong. */
export function DraftForm({
  labels,
  cycles,
  envelopes,
  ruleOptions,
  rankingOptions,
  initial,
}: Props) {
  const start: DraftState = { values: initial, errors: [] };
  const [{ values, errors }, action, pending] = useActionState(saveDraft, start);
  useEffect(() => {
    if (errors.length > 0) document.title = labels.errorTitle;
  }, [errors, labels.errorTitle]);
  const text = (name: string) => ({
    id: name,
    name,
    defaultValue: values[name] ?? '',
    error: errors.find((one) => one.field === name)?.message,
  });
  return (
    <form action={action} className="max-w-(--container-text)">
      {errors.length === 0 ? null : (
        <ErrorSummary
          title={labels.problem}
          errors={errors.map((one) => ({ href: `#${one.field}`, message: one.message }))}
        />
      )}
      <Select {...text('cycleId')} label={labels.cycle} options={cycles} />
      <TextInput {...text('nameEs')} label={labels.nameEs} />
      <TextInput {...text('nameEn')} label={labels.nameEn} />
      <TextInput {...text('id')} label={labels.id} hint={labels.idHint} width="half" />
      <TextInput
        {...text('screenCode')}
        label={labels.screenCode}
        hint={labels.screenCodeHint}
        width="short"
      />
      <TextInput
        {...text('opensAt')}
        type="datetime-local"
        label={labels.opensAt}
        hint={labels.limaTime}
        width="half"
      />
      <TextInput
        {...text('closesAt')}
        type="datetime-local"
        label={labels.closesAt}
        hint={labels.limaTime}
        width="half"
      />
      <Radios
        id="livePolicy"
        name="livePolicy"
        label={labels.livePolicy}
        choices={labels.livePolicies}
        defaultValue={values['livePolicy']}
        error={errors.find((one) => one.field === 'livePolicy')?.message}
      />
      <TextInput
        {...text('minGroup')}
        label={labels.minGroup}
        hint={labels.minGroupHint}
        width="code"
        inputMode="numeric"
      />
      <fieldset className="border-line mb-8 border-t pt-6">
        <legend className="text-xl font-semibold">{labels.channels}</legend>
        <p className="text-ink-soft mb-4">{labels.channelsHint}</p>
        {labels.channelOptions.map(({ value, label }) => (
          <Checkbox
            key={`${value}-${values[channelField(value)] ?? ''}`}
            id={channelField(value)}
            name={channelField(value)}
            value="yes"
            defaultChecked={values[channelField(value)] === 'yes'}
            label={label}
            error={errors.find((one) => one.field === channelField(value))?.message}
          />
        ))}
      </fieldset>
      <fieldset className="border-line mb-8 border-t pt-6">
        <legend className="text-xl font-semibold">{labels.questions}</legend>
        <Checkbox
          id="ranksPlan"
          name="ranksPlan"
          value="yes"
          defaultChecked={values['ranksPlan'] === 'yes'}
          label={labels.ranksPlan}
          error={errors.find((one) => one.field === 'ranksPlan')?.message}
        />
        {/* React gives a form back its first values; a select made anew keeps what was chosen. */}
        <Select
          key={values['rankingRule']}
          {...text('rankingRule')}
          label={labels.rankingRule}
          options={rankingOptions}
        />
        {envelopes.map((envelope) => (
          <div key={envelope.field} className="minka-envelope">
            <Select
              key={values[envelope.field]}
              {...text(envelope.field)}
              label={envelope.label}
              options={ruleOptions}
            />
            <div className={`border-line-strong ml-1 border-l-2 pl-4 ${ONLY_ON_THE_BALLOT}`}>
              <TextInput
                {...text(envelope.picksField)}
                label={labels.picks}
                hint={labels.picksHint}
                width="code"
                inputMode="numeric"
              />
            </div>
            <div className={`border-line-strong ml-1 border-l-2 pl-4 ${ONLY_WITH_THRESHOLD}`}>
              <TextInput
                {...text(envelope.thresholdField)}
                label={labels.threshold}
                hint={labels.thresholdHint}
                width="code"
                inputMode="numeric"
              />
            </div>
            <div className={`border-line-strong ml-1 border-l-2 pl-4 ${ONLY_WITH_A_LIST}`}>
              <TextInput
                {...text(envelope.ceilingField)}
                label={labels.ceiling}
                hint={labels.ceilingHint}
                width="code"
                inputMode="numeric"
              />
            </div>
          </div>
        ))}
      </fieldset>
      <Button disabled={pending}>{labels.save}</Button>
    </form>
  );
}
