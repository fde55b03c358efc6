import type { ReactNode } from 'react';

import { ChangeList } from './change-list';
import { useFieldLabel, useShownValue } from './show-value';

interface FieldChangesProps {
  /** Fields as the server names them; those of a line are `lines/<id>/quantity`, a whole line `lines/<id>`. */
  changes: readonly { field: string; before?: unknown; after?: unknown }[];
  /** What a line is called, by its id. */
  lineName: (lineId: string) => string;
}

/** Changes between two versions of a request, a quote or the terms of a deal, in words. */
export function FieldChanges({ changes, lineName }: FieldChangesProps): ReactNode {
  const label = useFieldLabel();
  const shown = useShownValue();
  const rows = changes.map(({ field, before, after }) => {
    const [noun = '', lineId, part] = field.split('/');
    const name = part ?? noun;
    return {
      id: field,
      label:
        lineId === undefined
          ? label(noun)
          : part === undefined
            ? label('line')
            : `${lineName(lineId)}: ${label(part)}`,
      before: shown(name, before),
      after: shown(name, after),
    };
  });
  // A moment that moved by seconds reads the same: nobody learns anything from it.
  return <ChangeList changes={rows.filter((row) => row.before !== row.after)} />;
}
