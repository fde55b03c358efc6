import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemText } from '@/shared/api/problem-text';
import type { FileView } from '@/shared/api/types';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { FileDrop } from '@/shared/ui/file-drop';
import { Textarea } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { type ReviewView, useSaveReview } from '../api/queries';
import { StarInput } from '../components/star-row';

const IMAGES_MAX = 10;
const TEXT_MAX = 5000;

interface ReviewDialogProps {
  productId: string;
  own: ReviewView | null;
  onClose: () => void;
}

/** Writes a review of what one has had, or writes it anew. */
export function ReviewDialog({ productId, own, onClose }: ReviewDialogProps): ReactNode {
  const { t } = useTranslation(['reviews', 'ui']);
  const save = useSaveReview(productId, own);
  const [rating, setRating] = useState(own?.rating ?? 0);
  const [text, setText] = useState(own?.text ?? '');
  const [files, setFiles] = useState<FileView[]>([]);
  const kept = own?.images ?? [];
  const submit = async (): Promise<void> => {
    const images = [
      ...kept.map(({ id, alt }) => ({ id, alt })),
      ...files.map(({ id }) => ({ id, alt: '' })),
    ];
    try {
      const made = await save.mutateAsync({ rating, text, images });
      showDone(made.state === 'published' ? t('saved') : t('saved_waits'));
      onClose();
    } catch {
      // What went wrong stands in the dialog.
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={own === null ? t('write') : t('edit')}
      text={t('write_text')}
      size="medium"
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={rating === 0}
            isPending={save.isPending}
            onClick={() => void submit()}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {save.isError && <Banner tone="stopped">{problemText(save.error).message}</Banner>}
        <StarInput value={rating} onChange={setRating} label={t('rating')} />
        <Field label={t('text')} hint={t('text_hint')}>
          <Textarea
            rows={5}
            maxLength={TEXT_MAX}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <Field label={t('photos')}>
          <FileDrop
            files={files}
            onChange={setFiles}
            accept="image/*"
            countMax={IMAGES_MAX - kept.length}
            purpose="image"
          />
        </Field>
      </div>
    </Dialog>
  );
}
