import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { MoneyValue } from '@/shared/api/types';
import { useMediaQuery } from '@/shared/hooks/browser';
import { useUnits } from '@/shared/units/units';
import { Card } from '@/shared/ui/page';
import { Money } from '@/shared/ui/values';

interface ShownLine {
  id: string | null;
  name: string;
  specification: string;
  quantity: string;
  unit: string;
  target_price: MoneyValue | null;
}

/** The lines of a request to be read: a table, or stacked on a phone. */
export function RequestLines({ lines }: { lines: readonly ShownLine[] }): ReactNode {
  const { t } = useTranslation('requests');
  const units = useUnits();
  const isWide = useMediaQuery('(min-width: 40rem)');
  if (lines.length === 0) return <p className="text-body text-muted">{t('card.no_lines')}</p>;
  const hasPrices = lines.some((line) => line.target_price !== null);
  if (!isWide) {
    return (
      <Card isFlush>
        <ol className="divide-y divide-line">
          {lines.map((line, index) => (
            <li key={line.id ?? index} className="flex flex-col gap-1 px-4 py-3">
              <span className="flex justify-between gap-4 text-body font-medium">
                <span>{line.name}</span>
                <span className="whitespace-nowrap tabular">
                  {units.quantity(line.quantity, line.unit)}
                </span>
              </span>
              {line.specification !== '' && (
                <span className="text-small whitespace-pre-line text-muted">
                  {line.specification}
                </span>
              )}
              {line.target_price !== null && (
                <span className="text-small text-muted">
                  {t('fields.target_price')}: <Money value={line.target_price} />
                </span>
              )}
            </li>
          ))}
        </ol>
      </Card>
    );
  }
  return (
    <Card isFlush>
      <table className="w-full text-body">
        <thead className="bg-sunken text-left text-small text-muted">
          <tr>
            <th scope="col" className="w-10 px-4 py-2 font-medium">
              №
            </th>
            <th scope="col" className="px-2 py-2 font-medium">
              {t('fields.name')}
            </th>
            <th scope="col" className="px-4 py-2 text-right font-medium">
              {t('fields.quantity')}
            </th>
            {hasPrices && (
              <th scope="col" className="px-4 py-2 text-right font-medium">
                {t('fields.target_price')}
              </th>
            )}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {lines.map((line, index) => (
            <tr key={line.id ?? index} className="align-top">
              <td className="px-4 py-2.5 text-muted tabular">{index + 1}</td>
              <td className="px-2 py-2.5">
                <span className="font-medium">{line.name}</span>
                {line.specification !== '' && (
                  <span className="block text-small whitespace-pre-line text-muted">
                    {line.specification}
                  </span>
                )}
              </td>
              <td className="px-4 py-2.5 text-right whitespace-nowrap tabular">
                {units.quantity(line.quantity, line.unit)}
              </td>
              {hasPrices && (
                <td className="px-4 py-2.5 text-right">
                  <Money value={line.target_price} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
