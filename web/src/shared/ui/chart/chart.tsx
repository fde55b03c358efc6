import { ChartLine, Table2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { IconButton } from '../icon-button';
import { Skeleton } from '../states';

// The chart library is large: it comes only with the first chart on the screen.
const Lines = lazy(async () => ({ default: (await import('./drawing')).LineDrawing }));
const Bars = lazy(async () => ({ default: (await import('./drawing')).BarDrawing }));

export interface ChartSeries {
  id: string;
  label: string;
}

export interface ChartPoint {
  /** Names the point: a day, a product. */
  name: string;
  /** One figure for each series, by its id. */
  values: Readonly<Record<string, number>>;
}

export interface ChartProps {
  /** What the chart shows; also the caption of its table. */
  label: string;
  series: readonly ChartSeries[];
  points: readonly ChartPoint[];
  formatName?: (name: string) => string;
  formatValue?: (value: number) => string;
}

/** Figures over time; each line carries its name at its end. */
export function LineChart(props: ChartProps): ReactNode {
  return (
    <ChartFrame {...props}>
      <Lines {...props} />
    </ChartFrame>
  );
}

/** Figures side by side. */
export function BarChart(props: ChartProps): ReactNode {
  return (
    <ChartFrame {...props}>
      <Bars {...props} />
    </ChartFrame>
  );
}

function ChartFrame({ children, ...chart }: ChartProps & { children: ReactNode }): ReactNode {
  const { t } = useTranslation('ui');
  const [isTable, setIsTable] = useState(false);
  return (
    <figure className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-3">
        <figcaption className="text-body font-medium">{chart.label}</figcaption>
        <IconButton
          icon={isTable ? ChartLine : Table2}
          size="small"
          label={isTable ? t('chart.show_chart') : t('chart.show_table')}
          onClick={() => setIsTable(!isTable)}
        />
      </div>
      {isTable ? (
        <ChartTable {...chart} />
      ) : (
        <div className="h-64">
          <Suspense fallback={<Skeleton className="h-full" />}>{children}</Suspense>
        </div>
      )}
    </figure>
  );
}

function ChartTable({
  label,
  series,
  points,
  formatName = String,
  formatValue = String,
}: ChartProps): ReactNode {
  return (
    <div className="max-h-64 overflow-auto">
      <table className="w-full text-small">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="text-left text-muted">
            <td />
            {series.map((one) => (
              <th key={one.id} scope="col" className="px-2 py-1 text-right font-medium">
                {one.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.name} className="border-t border-line">
              <th scope="row" className="py-1 pr-2 text-left font-normal text-muted">
                {formatName(point.name)}
              </th>
              {series.map((one) => (
                <td key={one.id} className="px-2 py-1 text-right tabular">
                  {formatValue(point.values[one.id] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
