import type { ReactNode } from 'react';
import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';

import type { ChartProps } from './chart';

const COLOURS = [
  'var(--chart-1)',
  'var(--chart-2)',
  'var(--chart-3)',
  'var(--chart-4)',
  'var(--chart-5)',
];
const TICK = { fill: 'var(--muted)', fontSize: 12 };
const TOOLTIP = {
  background: 'var(--surface)',
  border: '1px solid var(--line)',
  borderRadius: 8,
  color: 'var(--ink)',
  fontSize: 13,
};
/** Room at the right for the names of the lines. */
const LABEL_WIDTH_PX = 88;

function rowsOf({ points, formatName = String }: ChartProps): Record<string, string | number>[] {
  return points.map((point) => ({ ...point.values, name: formatName(point.name) }));
}

function axes(formatValue: (value: number) => string): ReactNode[] {
  return [
    <CartesianGrid key="grid" vertical={false} stroke="var(--line)" />,
    <XAxis key="x" dataKey="name" tick={TICK} tickLine={false} axisLine={false} minTickGap={24} />,
    <YAxis
      key="y"
      tick={TICK}
      tickLine={false}
      axisLine={false}
      width="auto"
      tickFormatter={formatValue}
    />,
  ];
}

/** The lines of a `LineChart`. */
export function LineDrawing(props: ChartProps): ReactNode {
  const { series, points, label, formatValue = String } = props;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart
        data={rowsOf(props)}
        margin={{ top: 8, right: LABEL_WIDTH_PX, bottom: 0, left: 0 }}
        title={label}
      >
        {axes(formatValue)}
        <Tooltip contentStyle={TOOLTIP} formatter={(value) => formatValue(Number(value))} />
        {series.map((one, index) => (
          <Line
            key={one.id}
            dataKey={one.id}
            name={one.label}
            stroke={COLOURS[index % COLOURS.length]}
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
            label={(place: { index?: number; x?: number | string; y?: number | string }) =>
              place.index === points.length - 1 ? (
                <text
                  x={Number(place.x) + 8}
                  y={Number(place.y) + 4}
                  fontSize={12}
                  fontWeight={500}
                  fill={COLOURS[index % COLOURS.length]}
                >
                  {one.label}
                </text>
              ) : (
                <g />
              )
            }
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}

/** The bars of a `BarChart`. */
export function BarDrawing(props: ChartProps): ReactNode {
  const { series, label, formatValue = String } = props;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={rowsOf(props)}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        title={label}
      >
        {axes(formatValue)}
        <Tooltip
          contentStyle={TOOLTIP}
          cursor={{ fill: 'var(--hover)' }}
          formatter={(value) => formatValue(Number(value))}
        />
        {series.map((one, index) => (
          <Bar
            key={one.id}
            dataKey={one.id}
            name={one.label}
            fill={COLOURS[index % COLOURS.length]}
            radius={[4, 4, 0, 0]}
            isAnimationActive={false}
            maxBarSize={48}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
