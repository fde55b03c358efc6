import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { wholeProblemText } from '@/shared/api/problem-text';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { DateField } from '@/shared/ui/date-fields';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { Input, Select } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import { useCreateStanding } from '../api/mutations';
import type { TemplateView } from '../api/types';
import { parseDays, WEEKDAYS } from '../model/days';

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

interface StandingDialogProps {
  template: TemplateView;
  onClose: () => void;
}

/** Makes a template order itself on certain days. */
export function StandingDialog({ template, onClose }: StandingDialogProps): ReactNode {
  const { t } = useTranslation(['orders', 'ui']);
  const navigate = useNavigate();
  const create = useCreateStanding();
  const [name, setName] = useState(template.name);
  const [schedule, setSchedule] = useState<'weekly' | 'monthly'>('weekly');
  const [weekdays, setWeekdays] = useState<readonly number[]>([1]);
  const [monthDays, setMonthDays] = useState('1');
  const [hour, setHour] = useState('8');
  const [endsOn, setEndsOn] = useState('');
  const days = schedule === 'weekly' ? weekdays : parseDays(monthDays);
  const submit = (): void =>
    create.mutate(
      {
        name: name.trim(),
        supplier_organisation_id: template.supplier.id,
        lines: template.lines.map(({ product_id, quantity }) => ({ product_id, quantity })),
        schedule,
        days,
        hour: Number(hour),
        time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        ends_on: endsOn === '' ? null : endsOn,
      },
      {
        onSuccess: ({ id }) => {
          showDone(t('standing.created'));
          void navigate({ to: '/app/standing-orders/$standingId', params: { standingId: id } });
        },
      },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="medium"
      title={`${t('templates.standing')}: ${template.name}`}
      footer={
        <>
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button
            variant="primary"
            disabled={name.trim() === '' || days.length === 0}
            isPending={create.isPending}
            onClick={submit}
          >
            {t('standing.create')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {create.error !== null && <Banner tone="stopped">{wholeProblemText(create.error)}</Banner>}
        <Field label={t('standing.name')} isRequired>
          <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t('standing.schedule')} isRequired>
          <Select
            value={schedule}
            onChange={(event) =>
              setSchedule(event.target.value === 'monthly' ? 'monthly' : 'weekly')
            }
            choices={[
              { value: 'weekly', label: t('standing.weekly') },
              { value: 'monthly', label: t('standing.monthly') },
            ]}
          />
        </Field>
        {schedule === 'weekly' ? (
          <Weekdays chosen={weekdays} onChange={setWeekdays} />
        ) : (
          <Field
            label={t('standing.month_days')}
            hint={t('standing.month_hint')}
            {...(days.length === 0 ? { error: t('standing.days_missing') } : {})}
            isRequired
          >
            <Input value={monthDays} onChange={(event) => setMonthDays(event.target.value)} />
          </Field>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('standing.hour')} isRequired>
            <Select
              value={hour}
              onChange={(event) => setHour(event.target.value)}
              choices={HOURS}
            />
          </Field>
          <Field label={t('standing.ends_on')}>
            <DateField value={endsOn} onChange={setEndsOn} />
          </Field>
        </div>
      </div>
    </Dialog>
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
