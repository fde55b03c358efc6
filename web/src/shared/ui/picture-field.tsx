import { ImageUp, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from './button';
import { FieldError } from './field';
import { showDone, showProblem } from './toast';
import { Avatar } from './values';

const EDGE_MAX_PX = 512;
const ACCEPT = 'image/png,image/jpeg,image/webp,image/gif';

interface PictureFieldProps {
  /** Whose picture it is. */
  name: string;
  url: string | null;
  /** Stores a data URL, or takes the picture away with null. */
  onChange: (picture: string | null) => Promise<unknown>;
  label: string;
  isOrganisation?: boolean;
}

/** A picture of a person or an organisation that is replaced as soon as another is chosen. */
export function PictureField({
  name,
  url,
  onChange,
  label,
  isOrganisation = false,
}: PictureFieldProps): ReactNode {
  const { t } = useTranslation('ui');
  const input = useRef<HTMLInputElement>(null);
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const store = async (read: () => Promise<string | null>): Promise<void> => {
    setIsPending(true);
    setError(null);
    try {
      await onChange(await read());
      showDone(t('picture.saved'));
    } catch (failure) {
      showProblem(failure);
    } finally {
      setIsPending(false);
      if (input.current !== null) input.current.value = '';
    }
  };
  const choose = (file: File | undefined): void => {
    if (file === undefined) return;
    void shrink(file).then(
      (picture) => store(() => Promise.resolve(picture)),
      () => setError(t('picture.unreadable')),
    );
  };
  return (
    <div className="flex items-center gap-4">
      <Avatar name={name} url={url} size="large" isOrganisation={isOrganisation} />
      <div className="flex flex-col gap-1.5">
        <div className="flex flex-wrap gap-2">
          <input
            ref={input}
            type="file"
            accept={ACCEPT}
            tabIndex={-1}
            aria-hidden
            className="sr-only"
            onChange={(event) => choose(event.target.files?.[0])}
          />
          <Button
            icon={ImageUp}
            size="small"
            isPending={isPending}
            title={label}
            onClick={() => input.current?.click()}
          >
            {url === null ? t('picture.choose') : t('picture.replace')}
          </Button>
          {url !== null && (
            <Button
              icon={Trash2}
              size="small"
              variant="quiet"
              disabled={isPending}
              onClick={() => void store(() => Promise.resolve(null))}
            >
              {t('remove')}
            </Button>
          )}
        </div>
        <p className="text-small text-muted">{t('picture.hint')}</p>
        {error !== null && <FieldError>{error}</FieldError>}
      </div>
    </div>
  );
}

/** Draws a picture small enough to be sent as a data URL; the server draws it once more in its own sizes. */
async function shrink(file: File): Promise<string> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, EDGE_MAX_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No canvas to draw on.');
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas.toDataURL('image/webp', 0.9);
}
