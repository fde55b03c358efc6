import { useSyncExternalStore } from 'react';

import { newId } from './new-id';
import { CLIENT_PROBLEM_CODES, Problem, type ProblemBody } from './problem';
import { API_PREFIX, refreshOnce } from './transport';
import type { FileView } from './types';

interface UploadOptions {
  /** Called with the share that has been sent, from 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
  /** What the file is for, which decides what it may be. */
  purpose?: 'attachment' | 'image' | 'import';
}

let uploadsUnderWay = 0;
const listeners = new Set<() => void>();

function countUpload(step: 1 | -1): void {
  uploadsUnderWay += step;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says whether a file is still on its way, so that nothing is sent without it. */
export function useIsUploading(): boolean {
  return useSyncExternalStore(listen, () => uploadsUnderWay > 0);
}

/**
 * Stores one file and returns what to attach elsewhere.
 *
 * It uses XMLHttpRequest, the only one that tells how much of a body has been sent.
 *
 * @throws Problem when the server refuses the file or cannot be reached.
 */
export async function uploadFile(file: File, options: UploadOptions): Promise<FileView> {
  countUpload(1);
  try {
    return await sendFile(file, options);
  } catch (error) {
    const hasExpired = error instanceof Problem && error.status === 401;
    if (!hasExpired || !(await refreshOnce())) throw error;
    return await sendFile(file, options);
  } finally {
    countUpload(-1);
  }
}

function sendFile(file: File, { onProgress, signal, purpose }: UploadOptions): Promise<FileView> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const requestId = newId();
    request.open('POST', `${API_PREFIX}/media`);
    request.setRequestHeader('X-Request-ID', requestId);
    request.responseType = 'json';
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as FileView);
      else
        reject(new Problem(request.status, (request.response ?? {}) as ProblemBody, { requestId }));
    };
    request.onerror = () => {
      reject(new Problem(0, { code: CLIENT_PROBLEM_CODES.unreachable }, { requestId }));
    };
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    const body = new FormData();
    body.append('file', file);
    if (purpose !== undefined) body.append('purpose', purpose);
    request.send(body);
  });
}
