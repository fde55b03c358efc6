import { useEffect, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';

import type { OfferValues } from '../model/offer';

const REST_MS = 500;

interface Kept {
  /** What the draft answers: a request's revision and a quote's version. A draft of anything else is dropped. */
  basis: string;
  values: OfferValues;
}

/** Reads a draft that this browser kept; null where there is none for the present state of things. */
export function readDraft(key: string, basis: string): OfferValues | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null;
    return kept !== null && kept.basis === basis ? kept.values : null;
  } catch {
    // What cannot be read is no draft.
    return null;
  }
}

/** Forgets a draft. */
export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Without storage there was no draft.
  }
}

/**
 * Keeps what is typed in this browser, so that a reload loses nothing.
 *
 * @returns when the draft was last kept; null until then.
 */
export function useKeptDraft(
  form: UseFormReturn<OfferValues, unknown, OfferValues>,
  key: string,
  basis: string,
): Date | null {
  const [keptAt, setKeptAt] = useState<Date | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = form.subscribe({
      formState: { values: true, isDirty: true },
      callback: ({ values }) => {
        clearTimeout(timer);
        // A form that was sent or set back has nothing to keep.
        if (!form.formState.isDirty || form.formState.isSubmitSuccessful) return;
        timer = setTimeout(() => {
          try {
            localStorage.setItem(key, JSON.stringify({ basis, values } satisfies Kept));
            setKeptAt(new Date());
          } catch {
            // A full or forbidden storage only means that a reload begins anew.
          }
        }, REST_MS);
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [form, key, basis]);
  return keptAt;
}
