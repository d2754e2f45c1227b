import { Button } from '@/components/ui/button';
import { Details } from '@/components/ui/details';
import { takeBack } from './actions';

/** For who asked: an officer has no other page on which the own request waits. */
export function TakeBack({
  what,
  id,
  text,
  submit,
}: {
  readonly what: 'import' | 'addition';
  readonly id: string;
  readonly text: string;
  readonly submit: string;
}) {
  return (
    <Details summary={submit}>
      <form action={takeBack}>
        <p className="mb-4 max-w-(--container-text)">{text}</p>
        <input type="hidden" name="what" value={what} />
        <input type="hidden" name="id" value={id} />
        <Button variant="danger">{submit}</Button>
      </form>
    </Details>
  );
}
