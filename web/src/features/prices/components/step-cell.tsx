import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { singleProblemText } from '@/shared/api/problem-text';
import type { MoneyValue } from '@/shared/api/types';
import { loadWords } from '@/shared/i18n/i18n';
import { nameNow } from '@/shared/i18n/names';
import { Field } from '@/shared/ui/field';
import { MoneyField } from '@/shared/ui/money-field';
import { showDone } from '@/shared/ui/toast';
import { Money } from '@/shared/ui/values';

import { useSetPrice } from '../api/mutations';
import { type PriceListView, type PriceRow, stepPrice } from '../api/queries';

interface StepCellProps {
  list: PriceListView;
  row: PriceRow;
  quantity: string;
  canEdit: boolean;
  /** It was asked for, and is written at once; `onClose` tells when that is over. */
  isOpenAtFirst?: boolean;
  onClose?: () => void;
}

/** One cell of the grid: Enter or leaving keeps what is written, nothing takes the step away, Escape leaves it. */
export function StepCell({
  list,
  row,
  quantity,
  canEdit,
  isOpenAtFirst = false,
  onClose,
}: StepCellProps): ReactNode {
  const { t } = useTranslation('prices');
  const save = useSetPrice(list.id);
  const present = stepPrice(row, quantity);
  const [draft, setDraft] = useState<MoneyValue | null>(null);
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const [reason, setReason] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  // Enter and Escape go back to where the field was opened; who leaves it for something else is not called back.
  const isComingBack = useRef(false);
  useEffect(() => {
    // What was tapped is written at once, without a second tap into the field.
    const input = isOpen ? form.current?.querySelector('input') : null;
    input?.focus();
    input?.select();
  }, [isOpen]);
  const label = t('grid.edit', { name: nameNow(row), quantity });
  const shown =
    present === null ? (
      <span className="text-muted">{t('grid.none')}</span>
    ) : (
      <Money value={present} />
    );
  const close = (): void => {
    setReason(undefined);
    setIsOpen(false);
    onClose?.();
  };
  const keep = async (): Promise<void> => {
    if (save.isPending) return;
    if (draft?.amount === present?.amount) {
      close();
      return;
    }
    try {
      await save.mutateAsync({
        product_id: row.product_id,
        from_quantity: quantity,
        price: draft,
      });
      showDone(t('grid.saved'));
      close();
    } catch (error) {
      // The reason stands under the field, where what was written can be mended.
      await loadWords('problems');
      setReason(singleProblemText(error));
    }
  };
  if (!canEdit) return shown;
  if (!isOpen) {
    return (
      <button
        type="button"
        ref={(button) => {
          if (button === null || !isComingBack.current) return;
          isComingBack.current = false;
          button.focus();
        }}
        aria-label={label}
        className="-mx-1.5 min-w-20 rounded-base px-1.5 py-0.5 text-right decoration-dotted underline-offset-4 hover:bg-hover hover:underline"
        onClick={() => {
          setDraft(present);
          setIsOpen(true);
        }}
      >
        {shown}
      </button>
    );
  }
  return (
    // Escape belongs to the whole little form, as Enter does.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={form}
      className="ml-auto w-40"
      onSubmit={(event) => {
        event.preventDefault();
        isComingBack.current = true;
        void keep();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        isComingBack.current = true;
        close();
      }}
    >
      <Field label={label} isLabelHidden error={reason}>
        <MoneyField
          value={draft}
          onChange={(value) => {
            setReason(undefined);
            setDraft(value);
          }}
          onBlur={() => {
            isComingBack.current = false;
            // Whoever leaves what was refused gives it up.
            if (reason !== undefined) close();
            else void keep();
          }}
          currency={list.currency}
        />
      </Field>
    </form>
  );
}
