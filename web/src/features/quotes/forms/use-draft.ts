import { useEffect, useRef, useState } from 'react';
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

interface KeptDraft {
  /** When the draft was last kept; null until then. */
  keptAt: Date | null;
  /** Forgets the draft and keeps nothing more: the offer was sent. */
  stop: () => void;
}

/** Keeps what is typed in this browser, so that a reload loses nothing. */
export function useKeptDraft(
  form: UseFormReturn<OfferValues, unknown, OfferValues>,
  key: string,
  basis: string,
): KeptDraft {
  const [keptAt, setKeptAt] = useState<Date | null>(null);
  const isSent = useRef(false);
  const known = useRef('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    known.current = JSON.stringify(form.getValues());
    const stop = form.subscribe({
      formState: { values: true },
      callback: () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          const values = form.getValues();
          const text = JSON.stringify(values);
          if (isSent.current || text === known.current) return;
          known.current = text;
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
  return {
    keptAt,
    stop: () => {
      isSent.current = true;
      dropDraft(key);
    },
  };
}
