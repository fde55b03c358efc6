import { FileText, Upload, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { newId } from '@/shared/api/new-id';
import { problemText } from '@/shared/api/problem-text';
import type { FileView } from '@/shared/api/types';
import { uploadFile } from '@/shared/api/upload';
import { loadWords } from '@/shared/i18n/i18n';
import { formatNumber } from '@/shared/money/money';

import { classes } from './classes';
import { FieldError, useFieldControl } from './field';
import { IconButton } from './icon-button';
import { ProgressBar } from './progress';

interface FileDropProps {
  files: readonly FileView[];
  /** Gets the new list, or the function that makes it: uploads end in any order. */
  onChange: (update: (files: readonly FileView[]) => FileView[]) => void;
  /** As for a file input, for example `.pdf,image/*`. The server judges by content all the same. */
  accept?: string;
  countMax?: number;
  sizeMaxBytes?: number;
  isDisabled?: boolean;
  /** What the files are for; the server refuses what does not suit it. */
  purpose?: 'attachment' | 'image' | 'import';
}

interface Uploading {
  key: string;
  name: string;
  share: number;
  abort: AbortController;
}

const MEBIBYTE = 1024 * 1024;

/** Takes files by dropping or choosing, uploads each at once and shows how far it is. */
export function FileDrop({
  files,
  onChange,
  accept,
  countMax = 10,
  sizeMaxBytes = 20 * MEBIBYTE,
  isDisabled = false,
  purpose,
}: FileDropProps): ReactNode {
  const { t } = useTranslation('ui');
  const input = useRef<HTMLInputElement>(null);
  const [uploads, setUploads] = useState<Uploading[]>([]);
  const [errors, setErrors] = useState<string[]>([]);
  const [isOver, setIsOver] = useState(false);
  const field = useFieldControl();
  const size = formatSize(sizeMaxBytes);

  const upload = async (file: File): Promise<void> => {
    const one: Uploading = {
      key: newId(),
      name: file.name,
      share: 0,
      abort: new AbortController(),
    };
    setUploads((current) => [...current, one]);
    try {
      const stored = await uploadFile(file, {
        signal: one.abort.signal,
        ...(purpose === undefined ? {} : { purpose }),
        onProgress: (share) =>
          setUploads((current) =>
            current.map((other) => (other.key === one.key ? { ...other, share } : other)),
          ),
      });
      onChange((current) => [...current, stored]);
    } catch (error) {
      if (one.abort.signal.aborted) return;
      await loadWords('problems');
      const problem = problemText(error).message;
      setErrors((current) => [...current, t('files.failed', { name: file.name, problem })]);
    } finally {
      setUploads((current) => current.filter((other) => other.key !== one.key));
    }
  };

  const take = (chosen: FileList | null): void => {
    const refused: string[] = [];
    let room = countMax - files.length - uploads.length;
    for (const file of chosen ?? []) {
      if (file.size > sizeMaxBytes) refused.push(t('files.too_large', { name: file.name, size }));
      else if (!isAccepted(file, accept)) refused.push(t('files.wrong_type', { name: file.name }));
      else if (room <= 0) refused.push(t('files.too_many', { count: countMax }));
      else {
        room -= 1;
        void upload(file);
      }
    }
    setErrors([...new Set(refused)]);
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
          if (!isDisabled) take(event.dataTransfer.files);
        }}
        className={classes(
          'rounded-base border border-dashed border-control',
          isOver ? 'bg-accent-soft' : 'bg-surface',
        )}
      >
        <input
          ref={input}
          type="file"
          multiple={countMax > 1}
          accept={accept}
          tabIndex={-1}
          aria-hidden
          className="sr-only"
          onChange={(event) => take(event.target.files)}
        />
        <button
          type="button"
          disabled={isDisabled}
          onClick={() => input.current?.click()}
          className="flex w-full flex-col items-center gap-1 rounded-base px-4 py-5 text-body hover:bg-hover disabled:opacity-55"
          {...field}
          // A button cannot be required; what may be left out is marked.
          aria-required={undefined}
        >
          <Upload aria-hidden className="size-5 text-muted" />
          {countMax > 1 ? t('files.drop') : t('files.drop_one')}
          <span className="text-small text-muted">{t('files.limits', { size })}</span>
        </button>
      </div>
      {errors.map((error) => (
        <FieldError key={error}>{error}</FieldError>
      ))}
      <ul className="flex flex-col gap-1">
        {files.map((file) => (
          <li
            key={file.id}
            className="flex items-center gap-2.5 rounded-base bg-sunken py-1 pr-1 pl-3 text-body"
          >
            <FileText aria-hidden className="size-4 shrink-0 text-muted" />
            <a href={file.url} className="min-w-0 flex-1 truncate rounded-base hover:underline">
              {file.name}
            </a>
            <span className="text-small whitespace-nowrap text-muted tabular">
              {formatSize(file.size_bytes)}
            </span>
            <IconButton
              icon={X}
              size="small"
              label={t('remove_named', { name: file.name })}
              disabled={isDisabled}
              onClick={() => onChange((current) => current.filter((other) => other.id !== file.id))}
            />
          </li>
        ))}
        {uploads.map((one) => (
          <li
            key={one.key}
            className="flex items-center gap-2.5 rounded-base bg-sunken py-1 pr-1 pl-3 text-body"
          >
            <span className="min-w-0 flex-1 truncate text-muted">{one.name}</span>
            <div className="w-28">
              <ProgressBar label={t('files.uploading', { name: one.name })} value={one.share} />
            </div>
            <IconButton
              icon={X}
              size="small"
              label={t('cancel')}
              onClick={() => one.abort.abort()}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Writes a size in the reader's language, for example “1.4 MB”. */
export function formatSize(bytes: number): string {
  const [value, unit] =
    bytes < 1024
      ? [bytes, 'byte']
      : bytes < MEBIBYTE
        ? [bytes / 1024, 'kilobyte']
        : [bytes / MEBIBYTE, 'megabyte'];
  return formatNumber(value, {
    style: 'unit',
    unit: String(unit),
    maximumFractionDigits: 1,
    unitDisplay: 'short',
  });
}

/** Says whether a file fits an `accept` list, by extension or by declared type. */
export function isAccepted(
  file: { name: string; type: string },
  accept: string | undefined,
): boolean {
  if (accept === undefined || accept === '') return true;
  const name = file.name.toLowerCase();
  return accept.split(',').some((entry) => {
    const rule = entry.trim().toLowerCase();
    if (rule.startsWith('.')) return name.endsWith(rule);
    if (rule.endsWith('/*')) return file.type.startsWith(rule.slice(0, -1));
    return file.type === rule;
  });
}
