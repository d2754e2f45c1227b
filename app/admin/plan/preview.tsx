import { Button, ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { DataTable } from '@/components/ui/table';
import { savePlan } from './actions';
import type { PreviewState } from './state';

export interface PreviewLabels {
  readonly preview: string;
  readonly noChanges: string;
  readonly goneNote: string;
  readonly columns: readonly string[];
  readonly warnings: string;
  readonly noWarnings: string;
  readonly confirm: string;
  readonly cancel: string;
}

/** What importing would change, before anything is saved. */
export function Preview({
  preview,
  labels,
}: {
  readonly preview: PreviewState;
  readonly labels: PreviewLabels;
}) {
  return (
    <>
      <Notice tone="info" title={labels.preview} role="status">
        <p>{preview.summary}</p>
        <p>{preview.changes.length === 0 ? labels.noChanges : preview.unchanged}</p>
        {preview.someGone ? <p>{labels.goneNote}</p> : null}
      </Notice>
      <form action={savePlan} className="mb-8 flex flex-wrap gap-4">
        <input type="hidden" name="document" value={preview.document} />
        <input type="hidden" name="name" value={preview.name} />
        <input type="hidden" name="seen" value={preview.seen} />
        <Button>{labels.confirm}</Button>
        <ButtonLink href="/admin/plan" variant="secondary">
          {labels.cancel}
        </ButtonLink>
      </form>
      {preview.changes.length === 0 ? null : (
        <DataTable
          caption={labels.preview}
          dense
          head={labels.columns}
          rows={preview.changes.map(({ code, kind, before, after, note }) => [
            <span key="code" className="whitespace-nowrap">
              {code}
            </span>,
            kind,
            <span key="before" lang="es">
              {before}
            </span>,
            <span key="after">
              <span lang="es">{after}</span>
              {note === null ? null : <strong className="block">{note}</strong>}
            </span>,
          ])}
        />
      )}
      <h3 className="mt-8 mb-2 text-xl">{labels.warnings}</h3>
      {preview.warnings.length === 0 ? <p>{labels.noWarnings}</p> : null}
      <ul className="list-disc space-y-1 pl-6">
        {preview.warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </>
  );
}
