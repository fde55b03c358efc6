import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { wholeProblemText } from '@/shared/api/problem-text';
import { Awaiting } from '@/shared/ui/awaiting';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { IconButton } from '@/shared/ui/icon-button';
import { Input, Select, Textarea } from '@/shared/ui/input';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { PageSkeleton } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';

import { useSetHours } from '../api/mutations';
import { hoursQuery } from '../api/queries';
import type { BusinessHours, WorkingInterval } from '../api/types';

/** When the organisation works: deadlines of complaints run in these hours. */
export function WorkingHours(): ReactNode {
  const query = useQuery(hoursQuery());
  const { data } = query;
  if (data === undefined) return <Awaiting query={query} skeleton={<PageSkeleton />} isInCard />;
  return <Editor key={data.version ?? 0} hours={data} />;
}

function Editor({ hours }: { hours: BusinessHours }): ReactNode {
  const { t } = useTranslation('complaints');
  const [zone, setZone] = useState(hours.time_zone);
  const [week, setWeek] = useState(hours.week);
  const [holidays, setHolidays] = useState(hours.holidays.join('\n'));
  const save = useSetHours();
  const zones = Intl.supportedValuesOf('timeZone');
  const setDay = (index: number, day: WorkingInterval[]): void =>
    setWeek(week.map((one, place) => (place === index ? day : one)));
  const submit = (): void =>
    save.mutate(
      {
        time_zone: zone,
        week,
        holidays: holidays.split(/\s+/).filter((day) => day !== ''),
        version: hours.version,
      },
      { onSuccess: () => showDone(t('hours.saved')) },
    );
  return (
    <PageBody>
      <PageHeader title={t('hours.title')} text={t('hours.text')} />
      {save.error !== null && <Banner tone="stopped">{wholeProblemText(save.error)}</Banner>}
      {!hours.may_change && <Banner tone="draft">{t('hours.readonly')}</Banner>}
      <Card>
        <fieldset disabled={!hours.may_change} className="flex flex-col gap-5">
          <Field label={t('hours.time_zone')} isRequired>
            <Select
              value={zone}
              onChange={(event) => setZone(event.target.value)}
              choices={(zones.includes(zone) ? zones : [zone, ...zones]).map((one) => ({
                value: one,
                label: one,
              }))}
            />
          </Field>
          <ul className="flex flex-col divide-y divide-line">
            {week.map((day, index) => (
              <Day
                key={String(index)}
                number={(index + 1) as DayNumber}
                day={day}
                onChange={(changed) => setDay(index, changed)}
              />
            ))}
          </ul>
          <Field label={t('hours.holidays')} hint={t('hours.holidays_hint')}>
            <Textarea
              rows={4}
              value={holidays}
              onChange={(event) => setHolidays(event.target.value)}
            />
          </Field>
          {hours.may_change && (
            <div className="flex justify-end">
              <Button variant="primary" isPending={save.isPending} onClick={submit}>
                {t('hours.save')}
              </Button>
            </div>
          )}
        </fieldset>
      </Card>
    </PageBody>
  );
}

type DayNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7;

interface DayProps {
  number: DayNumber;
  day: readonly WorkingInterval[];
  onChange: (day: WorkingInterval[]) => void;
}

function Day({ number, day, onChange }: DayProps): ReactNode {
  const { t } = useTranslation('complaints');
  const name = t(`hours.days.${number}`);
  const change = (index: number, patch: Partial<WorkingInterval>): void =>
    onChange(day.map((one, place) => (place === index ? { ...one, ...patch } : one)));
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-2 py-3 sm:grid-cols-[8rem_minmax(0,1fr)_auto]">
      <span className="pt-1.5 text-body font-medium">{name}</span>
      <div className="col-span-2 row-start-2 flex min-w-0 flex-col gap-2 sm:col-span-1 sm:col-start-2 sm:row-start-1">
        {day.length === 0 && (
          <span className="pt-1.5 text-body text-muted">{t('hours.closed')}</span>
        )}
        {day.map((one, index) => (
          <span key={String(index)} className="flex items-center gap-2">
            <Input
              aria-label={`${name}: ${t('hours.from')}`}
              className="w-20 tabular"
              value={one.from}
              onChange={(event) => change(index, { from: event.target.value })}
            />
            <span aria-hidden>–</span>
            <Input
              aria-label={`${name}: ${t('hours.to')}`}
              className="w-20 tabular"
              value={one.to}
              onChange={(event) => change(index, { to: event.target.value })}
            />
            <IconButton
              icon={X}
              label={t('hours.remove')}
              onClick={() => onChange(day.filter((_, place) => place !== index))}
            />
          </span>
        ))}
      </div>
      <Button
        size="small"
        variant="quiet"
        onClick={() => onChange([...day, next(day)])}
        aria-label={`${name}: ${t('hours.add')}`}
      >
        <Plus aria-hidden className="size-4" />
        {t('hours.add')}
      </Button>
    </li>
  );
}

/** A stretch to begin with: the morning, or what follows the last one. */
function next(day: readonly WorkingInterval[]): WorkingInterval {
  return day.length === 0 ? { from: '09:00', to: '13:00' } : { from: '14:00', to: '18:00' };
}
