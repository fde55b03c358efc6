import { CameraOff, Flashlight, FlashlightOff, ImageUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { EmptyState } from '@/shared/ui/states';

import { useCamera } from '../model/camera';
import { openCodeReader } from '../model/code-reader';

interface ScanDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** Gets the first code that is read; the dialog is the caller's to close. */
  onCode: (code: string) => void;
}

/** Reads a code with the camera, or from a picture where there is no camera or it may not be used. */
export function ScanDialog({ isOpen, onClose, onCode }: ScanDialogProps): ReactNode {
  const { t } = useTranslation('barcodes');
  const camera = useCamera(isOpen, onCode);
  const file = useRef<HTMLInputElement>(null);
  const [isEmptyFile, setIsEmptyFile] = useState(false);

  const readFile = async (chosen: File): Promise<void> => {
    setIsEmptyFile(false);
    const reader = await openCodeReader();
    try {
      const picture = await createImageBitmap(chosen);
      const [code] = await reader.read(picture);
      if (code === undefined) setIsEmptyFile(true);
      else onCode(code);
    } catch {
      setIsEmptyFile(true);
    } finally {
      reader.close();
    }
  };

  return (
    <Dialog
      isOpen={isOpen}
      onClose={() => {
        setIsEmptyFile(false);
        onClose();
      }}
      size="medium"
      title={t('scan.title')}
      text={camera.trouble === null ? t('scan.text') : undefined}
      footer={
        <>
          {camera.hasTorch && (
            <Button
              icon={camera.isLit ? FlashlightOff : Flashlight}
              onClick={() => void camera.light(!camera.isLit)}
            >
              {camera.isLit ? t('scan.dark') : t('scan.light')}
            </Button>
          )}
          <Button icon={ImageUp} onClick={() => file.current?.click()}>
            {t('scan.file')}
          </Button>
        </>
      }
    >
      <input
        ref={file}
        type="file"
        accept="image/*"
        className="sr-only"
        tabIndex={-1}
        aria-label={t('scan.file')}
        onChange={({ target }) => {
          const chosen = target.files?.[0];
          target.value = '';
          if (chosen !== undefined) void readFile(chosen);
        }}
      />
      {isEmptyFile && (
        <div className="mb-3">
          <Banner tone="waiting">{t('scan.nothing')}</Banner>
        </div>
      )}
      {camera.trouble === null ? (
        <div className="relative aspect-4/3 overflow-hidden rounded-base bg-sunken">
          <video
            ref={camera.video}
            muted
            playsInline
            aria-label={t('scan.view')}
            className="size-full object-cover"
          />
          <div
            aria-hidden
            className="pointer-events-none absolute inset-x-8 top-1/4 bottom-1/4 rounded-base border-2 border-accent"
          />
          {!camera.isReady && (
            <p role="status" className="absolute inset-x-0 bottom-3 text-center text-muted">
              {t('scan.starting')}
            </p>
          )}
        </div>
      ) : (
        <EmptyState
          icon={CameraOff}
          title={t(`trouble.${camera.trouble}`)}
          text={t(`trouble.${camera.trouble}_text`)}
        />
      )}
    </Dialog>
  );
}
