import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { toProblem } from '@/shared/api/problem';
import { problemText } from '@/shared/api/problem-text';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { type StockPlace, useSavePlace } from '../api/places';

const FORM_ID = 'stock-place';
const POSITION_MAX = 10_000;

interface PlaceDialogProps {
  /** Null adds a place, which comes last. */
  place: StockPlace | null;
  places: readonly StockPlace[];
  onClose: () => void;
}

/** Names a place where goods lie. */
export function PlaceDialog({ place, places, onClose }: PlaceDialogProps): ReactNode {
  const { t } = useTranslation(['products', 'ui']);
  const save = useSavePlace();
  const [name, setName] = useState(place?.name ?? '');
  const [address, setAddress] = useState(place?.address ?? '');
  const wrong = (pointer: string): string | undefined =>
    save.error === null
      ? undefined
      : toProblem(save.error).errors.find((one) => one.pointer === pointer)?.detail;
  const submit = (): void => {
    const last = Math.max(0, ...places.map((one) => one.position));
    save.mutate(
      { place, name, address, position: place?.position ?? Math.min(last + 1, POSITION_MAX) },
      {
        onSuccess: () => {
          showDone(t('places.saved'));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={place === null ? t('places.add') : t('places.edit', { name: place.name })}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            type="submit"
            form={FORM_ID}
            variant="primary"
            disabled={name.trim() === ''}
            isPending={save.isPending}
          >
            {t('form.save')}
          </Button>
        </>
      }
    >
      <form
        id={FORM_ID}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') submit();
        }}
      >
        {save.error !== null && <Banner tone="stopped">{problemText(save.error).message}</Banner>}
        <Field label={t('places.name')} error={wrong('#/name')} isRequired>
          <Input
            maxLength={200}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label={t('places.address')} error={wrong('#/address')}>
          <Input
            maxLength={300}
            autoComplete="off"
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
