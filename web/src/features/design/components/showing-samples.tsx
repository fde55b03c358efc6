import { ClipboardList } from 'lucide-react';
import type { ReactNode } from 'react';

import { Problem } from '@/shared/api/problem';
import { formatDate } from '@/shared/dates/format';
import { formatNumber } from '@/shared/money/money';
import { Button } from '@/shared/ui/button';
import { BarChart, LineChart } from '@/shared/ui/chart/chart';
import { Card, DescriptionList, Section } from '@/shared/ui/page';
import { ProgressBar, Timeline } from '@/shared/ui/progress';
import { EmptyState, ErrorState, SkeletonRows, SkeletonText } from '@/shared/ui/states';
import { Avatar, Countdown, DateTime, Money, RelativeTime } from '@/shared/ui/values';

const HOUR_MS = 3_600_000;
const START = Date.now();
const ago = (hours: number): string => new Date(START - hours * HOUR_MS).toISOString();
const POINTS = [12, 18, 15, 22, 31, 28, 36, 41].map((quotes, index) => ({
  name: `2026-11-0${String(index + 1)}`,
  values: { quotes, requests: Math.round(quotes / 3) },
}));
const SERIES = [
  { id: 'quotes', label: 'Quotes' },
  { id: 'requests', label: 'Requests' },
];
const FAILURE = new Problem(503, { code: 'unavailable', request_id: '7f3c9a12b4d05e68' });

/** Values, the four states, history and charts. */
export function ShowingSamples(): ReactNode {
  return (
    <Section title="Showing">
      <div className="grid gap-4 lg:grid-cols-2">
        <Card>
          <DescriptionList
            items={[
              {
                term: 'Total',
                value: <Money value={{ amount: 1_084_000_000, currency: 'KZT' }} />,
              },
              {
                term: 'In roubles',
                value: <Money value={{ amount: 9_815_025, currency: 'RUB' }} />,
              },
              { term: 'Published', value: <DateTime value={ago(30)} /> },
              { term: 'Last change', value: <RelativeTime value={ago(3)} /> },
              {
                term: 'Quotes until',
                value: <Countdown deadline={new Date(START + 76 * HOUR_MS).toISOString()} />,
              },
              {
                term: 'Last hours',
                value: <Countdown deadline={new Date(START + 5 * HOUR_MS).toISOString()} />,
              },
              { term: 'Closed', value: <Countdown deadline={ago(1)} /> },
              { term: 'Warranty', value: null },
            ]}
          />
          <div className="mt-5 flex items-center gap-3">
            <Avatar name="Әйгерім Нұрланқызы" />
            <Avatar name="Иван Петров" size="small" />
            <Avatar name="Temir Trade" isOrganisation />
            <Avatar name="Қаратау Құрылыс" isOrganisation size="large" />
            <div className="flex-1">
              <ProgressBar label="Upload" value={0.62} />
            </div>
          </div>
        </Card>
        <Card>
          <Timeline
            entries={[
              {
                id: '1',
                title: 'Quote received',
                at: ago(1),
                text: 'Temir Trade, 10 840 000 ₸',
                tone: 'open',
              },
              {
                id: '2',
                title: 'Question answered',
                at: ago(6),
                text: 'Certificates come with every batch.',
                tone: 'waiting',
              },
              { id: '3', title: 'Published', at: ago(30), tone: 'done' },
              { id: '4', title: 'Draft created', at: ago(54) },
            ]}
          />
        </Card>
        <Card>
          <LineChart
            label="Quotes by day"
            series={SERIES}
            points={POINTS}
            formatName={(day) => formatDate(day)}
            formatValue={(value) => formatNumber(value)}
          />
        </Card>
        <Card>
          <BarChart
            label="Quotes by day"
            series={SERIES}
            points={POINTS}
            formatName={(day) => formatDate(day)}
          />
        </Card>
        <Card>
          <EmptyState
            icon={ClipboardList}
            title="No requests yet"
            text="Describe what you need; suppliers of that category are told at once."
            action={<Button variant="primary">New request</Button>}
          />
        </Card>
        <Card>
          <ErrorState error={FAILURE} onRetry={() => undefined} />
        </Card>
        <Card isFlush>
          <SkeletonRows rows={4} />
        </Card>
        <Card>
          <SkeletonText lines={5} />
        </Card>
      </div>
    </Section>
  );
}
