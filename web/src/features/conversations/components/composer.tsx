import { Paperclip, SendHorizontal } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { FileView } from '@/shared/api/types';
import { useIsUploading } from '@/shared/api/upload';
import { FileDrop } from '@/shared/ui/file-drop';
import { IconButton } from '@/shared/ui/icon-button';

const FILES_MAX = 10;
const LENGTH_MAX = 10_000;

/** Where a message is written: Enter sends, Shift-Enter begins a line. */
export function Composer({
  onSend,
}: {
  onSend: (body: string, files: FileView[]) => void;
}): ReactNode {
  const { t } = useTranslation('conversations');
  const [body, setBody] = useState('');
  const [files, setFiles] = useState<FileView[]>([]);
  const [isAttaching, setIsAttaching] = useState(false);
  const isUploading = useIsUploading();
  const isEmpty = body.trim() === '' && files.length === 0;
  // What is attached stays in sight until it is sent.
  const isOpen = isAttaching || isUploading || files.length > 0;
  const send = (): void => {
    if (isEmpty || isUploading) return;
    onSend(body.trim(), files);
    setBody('');
    setFiles([]);
    setIsAttaching(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter also ends the choice of a character in input methods; that one is not for us.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className="flex flex-col gap-2 border-t border-line p-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {isOpen && (
        <div className="max-h-60 overflow-y-auto">
          <FileDrop
            files={files}
            countMax={FILES_MAX}
            onChange={(update) => setFiles((current) => update(current))}
          />
        </div>
      )}
      <div className="flex items-end gap-1.5">
        <IconButton
          icon={Paperclip}
          label={t('attach')}
          aria-expanded={isOpen}
          onClick={() => setIsAttaching(!isOpen)}
        />
        <textarea
          rows={1}
          value={body}
          maxLength={LENGTH_MAX}
          aria-label={t('message')}
          placeholder={t('placeholder')}
          onChange={(event) => setBody(event.target.value)}
          onKeyDown={onKeyDown}
          className="control field-sizing-content max-h-40 min-h-9 flex-1"
        />
        <IconButton
          type="submit"
          icon={SendHorizontal}
          label={t('send')}
          disabled={isEmpty || isUploading}
          className="text-accent"
        />
      </div>
    </form>
  );
}
