import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '@/shared/ui/button';
import { DateField } from '@/shared/ui/date-fields';
import { Field } from '@/shared/ui/field';
import { Input, Select } from '@/shared/ui/input';

import { WEEKDAYS } from '../model/days';
import { parseDays, type Timetable } from '../model/standing';

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

interface TimetableFieldsProps {
  timetable: Timetable;
  onChange: (timetable: Timetable) => void;
}

/** On which days, at which hour, and until when. */
export function TimetableFields({ timetable, onChange }: TimetableFieldsProps): ReactNode {
  const { t } = useTranslation('orders');
  const change = (patch: Partial<Timetable>): void => onChange({ ...timetable, ...patch });
  const hasDays = parseDays(timetable.monthDays).length > 0;
  return (
    <>
      <Field label={t('standing.schedule')} isRequired>
        <Select
          value={timetable.schedule}
          onChange={(event) =>
            change({ schedule: event.target.value === 'monthly' ? 'monthly' : 'weekly' })
          }
          choices={[
            { value: 'weekly', label: t('standing.weekly') },
            { value: 'monthly', label: t('standing.monthly') },
          ]}
        />
      </Field>
      {timetable.schedule === 'weekly' ? (
        <Weekdays chosen={timetable.weekdays} onChange={(weekdays) => change({ weekdays })} />
      ) : (
        <Field
          label={t('standing.month_days')}
          hint={t('standing.month_hint')}
          {...(hasDays ? {} : { error: t('standing.days_missing') })}
          isRequired
        >
          <Input
            value={timetable.monthDays}
            onChange={(event) => change({ monthDays: event.target.value })}
          />
        </Field>
      )}
      <div className="grid items-end gap-4 sm:grid-cols-2">
        <Field label={`${t('standing.hour')} (${timetable.timeZone})`} isRequired>
          <Select
            value={String(timetable.hour)}
            onChange={(event) => change({ hour: Number(event.target.value) })}
            choices={HOURS}
          />
        </Field>
        <Field label={t('standing.ends_on')}>
          <DateField value={timetable.endsOn} onChange={(endsOn) => change({ endsOn })} />
        </Field>
      </div>
    </>
  );
}

interface WeekdaysProps {
  chosen: readonly number[];
  onChange: (days: readonly number[]) => void;
}

function Weekdays({ chosen, onChange }: WeekdaysProps): ReactNode {
  const { t } = useTranslation('orders');
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="text-small font-medium">{t('standing.days')}</legend>
      <div className="flex flex-wrap gap-1.5">
        {WEEKDAYS.map((day) => {
          const isChosen = chosen.includes(day);
          return (
            <Button
              key={day}
              size="small"
              aria-pressed={isChosen}
              variant={isChosen ? 'primary' : 'secondary'}
              onClick={() =>
                onChange(isChosen ? chosen.filter((one) => one !== day) : [...chosen, day])
              }
            >
              {t(`standing.weekdays.${day}`)}
            </Button>
          );
        })}
      </div>
      {chosen.length === 0 && (
        <p className="text-small text-stopped">{t('standing.days_missing')}</p>
      )}
    </fieldset>
  );
}
