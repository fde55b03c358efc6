import { useMutation, useQueryClient } from '@tanstack/react-query';

import { call } from '@/shared/api/client';
import type { components } from '@/shared/api/schema';
import { API_PREFIX } from '@/shared/api/transport';

export type ImportReport = components['schemas']['ImportReport'];
export type ImportRow = components['schemas']['ImportRow'];
export type ReleaseNote = components['schemas']['ReleaseNote'];

/** As much as the server reads at once. */
export const FILE_MAX_BYTES = 8 * 1024 * 1024;

/** The latest changed requests of the organisation as a file. */
export const EXPORT_URL = `${API_PREFIX}/ocds/releases?size=100`;

/** Sends a file and gets what became of each of its releases. */
export function useImportReleases() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => {
      const body = new FormData();
      body.append('file', file);
      return call<ImportReport>('POST', '/requests/import', { body });
    },
    meta: { showsProblem: true },
    onSuccess: () => client.invalidateQueries({ queryKey: ['requests'] }),
  });
}
