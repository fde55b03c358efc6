import { Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { classes } from '@/shared/ui/classes';
import { isAccepted } from '@/shared/ui/file-drop';

import { FILE_MAX_BYTES } from '../api/imports';

const ACCEPTED = '.json,application/json';

interface ReleaseDropProps {
  isPending: boolean;
  onFile: (file: File) => void;
}

/** Takes one JSON file by dropping or choosing. */
export function ReleaseDrop({ isPending, onFile }: ReleaseDropProps): ReactNode {
  const { t } = useTranslation('ocds');
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [refusal, setRefusal] = useState<'too_large' | 'wrong_type' | null>(null);

  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file === undefined || isPending) return;
    if (file.size > FILE_MAX_BYTES) setRefusal('too_large');
    else if (!isAccepted(file, ACCEPTED)) setRefusal('wrong_type');
    else {
      setRefusal(null);
      onFile(file);
    }
    if (input.current !== null) input.current.value = '';
  };

  return (
    <div className="flex flex-col gap-2">
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping is a short cut; the button inside does the same */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          take(event.dataTransfer.files);
        }}
        className={classes(
          'rounded-base border border-dashed border-control',
          isOver ? 'bg-accent-soft' : 'bg-surface',
        )}
      >
        <input
          ref={input}
          type="file"
          accept={ACCEPTED}
          tabIndex={-1}
          aria-hidden
          className="sr-only"
          onChange={(event) => take(event.target.files)}
        />
        <button
          type="button"
          disabled={isPending}
          onClick={() => input.current?.click()}
          className="flex w-full flex-col items-center gap-1 rounded-base px-4 py-10 text-body hover:bg-hover disabled:opacity-55"
        >
          <Upload aria-hidden className="size-5 text-muted" />
          {isPending ? t('importing') : t('drop')}
          <span className="text-small text-muted">{t('limits')}</span>
        </button>
      </div>
      {refusal !== null && (
        <p role="alert" className="text-small text-stopped">
          {t(refusal)}
        </p>
      )}
    </div>
  );
}
