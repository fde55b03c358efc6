import { FileText } from 'lucide-react';
import type { ReactNode } from 'react';

import type { FileView } from '@/shared/api/types';

import { formatSize } from './file-drop';

/** Files that belong to something, each of which opens by its address. */
export function FileList({ files }: { files: readonly FileView[] }): ReactNode {
  return (
    <ul className="flex flex-col gap-1">
      {files.map((file) => (
        <li key={file.id}>
          <a
            href={file.url}
            target="_blank"
            rel="noreferrer"
            className="flex items-center gap-2.5 rounded-base bg-sunken px-3 py-2 text-body hover:bg-hover"
          >
            <FileText aria-hidden className="size-4 shrink-0 text-muted" />
            <span className="min-w-0 flex-1 truncate">{file.name}</span>
            <span className="text-small whitespace-nowrap text-muted tabular">
              {formatSize(file.size_bytes)}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
