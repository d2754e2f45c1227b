'use client';

import { useTranslations } from 'next-intl';
import { useState, type SubmitEvent } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/field';
import { Progress } from '@/components/ui/progress';
import { MAX_FILE_BYTES, PIECE_BYTES } from '@/lib/roll/import/types';
import { sendFile, type SendProblem } from './send-file';

const MEGABYTE = 1024 * 1024;
const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(1);

interface Sent {
  readonly bytes: number;
  readonly total: number;
  /** Seconds until the next try, while the line is cut. */
  readonly waiting: number | null;
}

/** The upload: in pieces with a script, whole and small without one. */
export function UploadForm({ problem: before }: { readonly problem: string | null }) {
  const t = useTranslations('roll-import');
  const [problem, setProblem] = useState(before);
  const [sent, setSent] = useState<Sent | null>(null);

  const words = (why: SendProblem): string => {
    if (why === 'too-large') return t('upload.tooLarge');
    if (why === 'signed-out') return t('upload.signedOut');
    if (why === 'failed') return t('upload.failed');
    const { refused } = why;
    if (t.has(`problem.${refused}`)) return t(`problem.${refused}`);
    return t.has(`refusal.${refused}`) ? t(`refusal.${refused}`) : t('upload.failed');
  };

  const send = async (file: File): Promise<void> => {
    const total = file.size;
    setProblem(null);
    setSent({ bytes: 0, total, waiting: null });
    const ended = await sendFile(file, {
      pieceBytes: PIECE_BYTES,
      onSent: (bytes) => {
        setSent({ bytes, total, waiting: null });
      },
      onWait: (seconds) => {
        setSent((now) => ({ bytes: now?.bytes ?? 0, total, waiting: seconds }));
      },
    });
    if ('importId' in ended) {
      window.location.assign(`/admin/roll/${ended.importId}`);
      return;
    }
    setSent(null);
    setProblem(words(ended.problem));
  };

  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const file = new FormData(event.currentTarget).get('file');
    if (!(file instanceof File) || file.name === '') setProblem(t('upload.required'));
    else if (file.size === 0) setProblem(t('problem.empty'));
    else if (file.size > MAX_FILE_BYTES) setProblem(t('upload.tooLarge'));
    else void send(file);
  };

  return (
    <form
      action="/admin/roll/files"
      method="post"
      encType="multipart/form-data"
      onSubmit={onSubmit}
      className="max-w-(--container-text)"
    >
      {problem === null ? null : (
        <ErrorSummary title={t('upload.problem')} errors={[{ href: '#file', message: problem }]} />
      )}
      <TextInput
        id="file"
        name="file"
        type="file"
        accept=".csv,.txt,.tsv,.xlsx"
        label={t('upload.file')}
        hint={t('upload.hint')}
        error={problem ?? undefined}
        disabled={sent !== null}
      />
      <noscript>
        <p className="mb-4">{t('upload.noScript')}</p>
      </noscript>
      {sent === null ? (
        <Button>{t('upload.send')}</Button>
      ) : (
        <div aria-live="polite">
          <Progress
            value={sent.bytes}
            max={sent.total}
            label={t('upload.progress', {
              done: megabytes(sent.bytes),
              total: megabytes(sent.total),
            })}
          />
          <p>
            {sent.waiting === null
              ? t('upload.keep')
              : t('upload.retry', { seconds: sent.waiting })}
          </p>
        </div>
      )}
    </form>
  );
}
