'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { enrol, signIn, stepUp, type PasskeyOutcome, type PasskeyProblem } from './passkey-client';

export interface PasskeyWords {
  readonly button: string;
  readonly problems: Readonly<Record<PasskeyProblem, string>>;
}

function usePasskey(
  act: () => Promise<PasskeyOutcome>,
  goOn = (home: string): void => {
    location.assign(home);
  },
) {
  const [problem, setProblem] = useState<PasskeyProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const go = async (): Promise<void> => {
    setProblem(null);
    setBusy(true);
    const outcome = await act();
    setBusy(false);
    if (outcome.ok) goOn(outcome.home);
    else setProblem(outcome.problem);
  };
  return { problem, isBusy, go };
}

/** Signs in with the passkey of this device, or one that the browser offers from another. */
export function PasskeySignIn({ words }: { readonly words: PasskeyWords }) {
  return <PasskeyAct passkey={usePasskey(signIn)} words={words} />;
}

/** Asks the signed-in person for a passkey again, then goes to a page or shows this one anew. */
export function PasskeyStepUp({
  returnTo,
  words,
}: {
  readonly returnTo: string | null;
  readonly words: PasskeyWords;
}) {
  const goOn = (): void => {
    if (returnTo === null) location.reload();
    else location.assign(returnTo);
  };
  return <PasskeyAct passkey={usePasskey(stepUp, goOn)} words={words} />;
}

function PasskeyAct({
  passkey: { problem, isBusy, go },
  words,
}: {
  readonly passkey: ReturnType<typeof usePasskey>;
  readonly words: PasskeyWords;
}) {
  return (
    <>
      {problem === null ? null : (
        <Notice tone="danger" role="alert">
          {words.problems[problem]}
        </Notice>
      )}
      <Button
        type="button"
        disabled={isBusy}
        onClick={() => {
          void go();
        }}
      >
        {words.button}
      </Button>
    </>
  );
}

/** Makes a passkey on this device for the holder of a link. */
export function PasskeyEnrol({
  ticket,
  words,
}: {
  readonly ticket: string;
  readonly words: PasskeyWords & {
    readonly name: string;
    readonly nameHint: string;
    readonly nameDefault: string;
  };
}) {
  const [name, setName] = useState(words.nameDefault);
  const { problem, isBusy, go } = usePasskey(() => enrol(ticket, name));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      {problem === null ? null : (
        <Notice tone="danger" role="alert">
          {words.problems[problem]}
        </Notice>
      )}
      <TextInput
        id="passkey-name"
        name="name"
        label={words.name}
        hint={words.nameHint}
        value={name}
        maxLength={60}
        required
        width="half"
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
      />
      <Button disabled={isBusy}>{words.button}</Button>
    </form>
  );
}
