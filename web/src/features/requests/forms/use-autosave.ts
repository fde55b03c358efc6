import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';

import { api, unwrap } from '@/shared/api/client';
import { Problem, toProblem } from '@/shared/api/problem';

import { requestQuery } from '../api/queries';
import type { RequestView } from '../api/types';
import { draftBody, type RequestValues, withIds } from '../model/values';

const REST_MS = 900;

export type SaveState =
  { name: 'saved' | 'waiting' | 'saving' } | { name: 'failed'; problem: Problem };

export interface Autosave {
  state: SaveState;
  /** Sends what is typed at once. @returns the draft's version, null where it could not be kept. */
  flush: () => Promise<number | null>;
  /** Tells that something else, such as an invitation, has moved the version. */
  onVersion: (version: number) => void;
}

/**
 * Keeps a draft on the server while it is typed: once typing rests, one save at a time, always against the
 * version that this page has read, so that nobody's changes are written over.
 */
export function useAutosave(
  request: RequestView,
  form: UseFormReturn<RequestValues, unknown, RequestValues>,
): Autosave {
  const client = useQueryClient();
  const [state, setState] = useState<SaveState>({ name: 'saved' });
  const version = useRef(request.version);
  const kept = useRef(JSON.stringify(draftBody(form.getValues())));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<boolean>>(Promise.resolve(true));

  const save = useCallback(async (): Promise<boolean> => {
    const values = form.getValues();
    const body = draftBody(values);
    const text = JSON.stringify(body);
    if (text === kept.current) {
      setState({ name: 'saved' });
      return true;
    }
    setState({ name: 'saving' });
    try {
      const answer = await unwrap(
        api.PATCH('/api/v1/requests/{request_id}', {
          params: { path: { request_id: request.id } },
          body: { ...body, version: version.current },
        }),
      );
      version.current = answer.version;
      for (const [index, id] of withIds(values.lines, body.lines, answer.lines)) {
        // Lines may have moved while the answer was on its way: only one that is still the same gets the id.
        if (form.getValues(`lines.${index}.name`) === values.lines[index]?.name)
          form.setValue(`lines.${index}.id`, id);
      }
      kept.current = text;
      client.setQueryData(requestQuery(request.id).queryKey, answer);
      const isCurrent = sameWithoutIds(JSON.stringify(draftBody(form.getValues())), text);
      if (isCurrent) kept.current = JSON.stringify(draftBody(form.getValues()));
      setState({ name: isCurrent ? 'saved' : 'waiting' });
      return true;
    } catch (error) {
      setState({ name: 'failed', problem: toProblem(error) });
      return false;
    }
  }, [client, form, request.id]);

  const enqueue = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    running.current = running.current.then(save);
    return running.current;
  }, [save]);

  useEffect(() => {
    const stop = form.subscribe({
      formState: { values: true },
      callback: () => {
        if (JSON.stringify(draftBody(form.getValues())) === kept.current) return;
        setState((current) => (current.name === 'saving' ? current : { name: 'waiting' }));
        clearTimeout(timer.current);
        timer.current = setTimeout(() => void enqueue(), REST_MS);
      },
    });
    return () => {
      stop();
      // Whoever leaves the page keeps what was typed last.
      void enqueue();
    };
  }, [form, enqueue]);

  return {
    state,
    flush: useCallback(async () => ((await enqueue()) ? version.current : null), [enqueue]),
    onVersion: useCallback((next: number) => {
      version.current = next;
    }, []),
  };
}

function sameWithoutIds(one: string, other: string): boolean {
  const strip = (text: string): string => text.replaceAll(/"id":"[^"]*",?/g, '');
  return strip(one) === strip(other);
}
