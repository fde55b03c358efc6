import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MoneyValue } from '@/shared/api/types';
import { nameNow } from '@/shared/i18n/names';
import { MoneyField } from '@/shared/ui/money-field';
import { Field } from '@/shared/ui/field';
import { showDone } from '@/shared/ui/toast';
import { Money } from '@/shared/ui/values';

import { useEditProduct } from '../api/mutations';

interface PriceCellProps {
  row: { id: string; name: string; price: MoneyValue; version: number };
  canEdit: boolean;
}

/** Who has opened the field types the new price at once, over the old one. */
function startTyping(form: HTMLFormElement | null): void {
  const input = form?.querySelector('input');
  input?.focus();
  input?.select();
}

/** A price that is changed where it stands: Enter or leaving the field keeps it, Escape leaves it as it was. */
export function PriceCell({ row, canEdit }: PriceCellProps): ReactNode {
  const { t } = useTranslation('products');
  const edit = useEditProduct();
  const [draft, setDraft] = useState<MoneyValue | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  // Enter and Escape go back to where the field was opened; who leaves it for something else is not called back.
  const isComingBack = useRef(false);
  const keep = async (): Promise<void> => {
    setIsOpen(false);
    if (draft === null || draft.amount === row.price.amount) return;
    try {
      await edit.mutateAsync({ id: row.id, body: { price: draft, version: row.version } });
      showDone(t('price.changed'));
    } catch {
      // The mutation has told what went wrong, and the row has been read anew.
    }
  };
  if (!canEdit) return <Money value={row.price} />;
  if (!isOpen) {
    return (
      <button
        type="button"
        ref={(button) => {
          if (button === null || !isComingBack.current) return;
          isComingBack.current = false;
          button.focus();
        }}
        className="rounded-base px-1.5 py-0.5 decoration-dotted underline-offset-4 hover:bg-hover hover:underline"
        onClick={() => {
          setDraft(row.price);
          setIsOpen(true);
        }}
      >
        <span className="sr-only">{t('price.edit', { name: nameNow(row) })}: </span>
        <Money value={row.price} />
      </button>
    );
  }
  return (
    // Escape belongs to the whole little form, as Enter does.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={startTyping}
      className="ml-auto w-44"
      onSubmit={(event) => {
        event.preventDefault();
        isComingBack.current = true;
        void keep();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        isComingBack.current = true;
        setIsOpen(false);
      }}
    >
      <Field label={t('price.edit', { name: nameNow(row) })} isLabelHidden>
        <MoneyField
          value={draft}
          onChange={setDraft}
          onBlur={() => void keep()}
          currency={row.price.currency}
        />
      </Field>
    </form>
  );
}
