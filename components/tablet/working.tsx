import { useState } from 'react';
import type { Manifest } from '@/lib/rounds/manifest';
import { CloseTablet } from './close-tablet';
import { FindPerson } from './find-person';
import { Ticket } from './ticket';
import { HandBack } from './hand-back';
import { TabletBooth } from './tablet-booth';
import type { KeptTablet } from './kept';
import type { Opened } from './opening';
import type { Found } from './vote';

type Scene =
  | { readonly name: 'desk' }
  | { readonly name: 'booth'; readonly person: Found }
  | { readonly name: 'ticket'; readonly receipt: string }
  | { readonly name: 'locked' }
  | { readonly name: 'closing' };

/** The tablet in the hall: from the officer's hands to the voter's and back. */
export function Working({
  tablet,
  manifest,
  opened,
  onChanged,
  onLocked,
}: {
  readonly tablet: KeptTablet;
  readonly manifest: Manifest;
  readonly opened: Opened;
  readonly onChanged: () => void;
  /** The whole key is asked for again. */
  readonly onLocked: () => void;
}) {
  const [scene, setScene] = useState<Scene>({ name: 'desk' });
  switch (scene.name) {
    case 'desk':
      return (
        <FindPerson
          tablet={tablet}
          manifest={manifest}
          onHandOver={(person) => {
            setScene({ name: 'booth', person });
          }}
          onClose={() => {
            setScene({ name: 'closing' });
          }}
        />
      );
    case 'booth':
      return (
        <TabletBooth
          {...{ tablet, manifest }}
          sealing={opened.key}
          person={scene.person}
          onVoted={(receipt) => {
            history.replaceState(null, '', location.pathname);
            setScene({ name: 'ticket', receipt });
            onChanged();
          }}
          onLeft={() => {
            history.replaceState(null, '', location.pathname);
            setScene({ name: 'locked' });
            onChanged();
          }}
        />
      );
    case 'ticket':
      return (
        <Ticket
          receipt={scene.receipt}
          onDone={() => {
            setScene({ name: 'locked' });
          }}
        />
      );
    case 'locked':
      // The voter who holds the tablet must not open it for the next one.
      return (
        <HandBack
          id={tablet.id}
          turn={opened.turn}
          onOpened={() => {
            setScene({ name: 'desk' });
          }}
          onLocked={onLocked}
        />
      );
    case 'closing':
      return (
        <CloseTablet
          tablet={tablet}
          onClosed={onChanged}
          onBack={() => {
            setScene({ name: 'desk' });
          }}
        />
      );
  }
}
