import type { ReactNode } from 'react';
import { useState } from 'react';

import type { FileView, MoneyValue } from '@/shared/api/types';
import { Checkbox, RadioGroup, Switch } from '@/shared/ui/choice';
import { Combobox, MultiCombobox } from '@/shared/ui/combobox';
import { DateField, DateTimeField } from '@/shared/ui/date-fields';
import { Field, FieldGroup } from '@/shared/ui/field';
import { FileDrop } from '@/shared/ui/file-drop';
import { Input, PasswordInput, Select, Textarea } from '@/shared/ui/input';
import { MoneyField } from '@/shared/ui/money-field';
import { Card, Section } from '@/shared/ui/page';
import { Stepper } from '@/shared/ui/progress';

const CITIES = ['Алматы', 'Астана', 'Шымкент', 'Қарағанды', 'Өскемен', 'Москва', 'Istanbul'].map(
  (city) => ({
    value: city,
    label: city,
  }),
);
const FILES: FileView[] = [
  {
    id: '1',
    name: 'Technical drawing, sheet 4.pdf',
    size_bytes: 1_482_000,
    content_type: 'application/pdf',
    url: '#',
  },
];

/** Everything that takes input. */
export function FormSamples(): ReactNode {
  const [money, setMoney] = useState<MoneyValue | null>({ amount: 125_000_050, currency: 'KZT' });
  const [currency, setCurrency] = useState('KZT');
  const [city, setCity] = useState<string | null>('Қарағанды');
  const [cities, setCities] = useState(['Алматы', 'Астана']);
  const [role, setRole] = useState('buyer');
  const [isOn, setIsOn] = useState(true);
  const [isChecked, setIsChecked] = useState(true);
  const [deadline, setDeadline] = useState('2026-12-01T12:00:00Z');
  const [day, setDay] = useState('2026-12-24');
  const [files, setFiles] = useState<readonly FileView[]>(FILES);
  return (
    <Section title="Forms">
      <Card className="flex flex-col gap-6">
        <Stepper
          label="Steps"
          current="lines"
          steps={[
            { id: 'need', label: 'Need' },
            { id: 'lines', label: 'Lines' },
            { id: 'terms', label: 'Terms' },
            { id: 'check', label: 'Check' },
          ]}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label="Title" hint="As a supplier would search for it." isRequired>
            <Input defaultValue="Reinforcing bar A500C, 12 mm" />
          </Field>
          <Field
            label="E-mail"
            error="Write an e-mail address, such as name@company.kz."
            isRequired
          >
            <Input defaultValue="aigerim@" />
          </Field>
          <Field label="Password" isRequired>
            <PasswordInput defaultValue="correct horse" autoComplete="off" />
          </Field>
          <Field label="Unit">
            <Select
              placeholder="Choose"
              choices={[{ value: 't', label: 'Tonne' }]}
              defaultValue="t"
            />
          </Field>
          <Field label="Budget">
            <MoneyField
              value={money}
              onChange={setMoney}
              currency={currency}
              onCurrency={setCurrency}
            />
          </Field>
          <Field label="Place of delivery">
            <Combobox value={city} onChange={setCity} options={CITIES} />
          </Field>
          <Field label="Quotes until" isRequired>
            <DateTimeField value={deadline} onChange={setDeadline} />
          </Field>
          <Field label="Needed by">
            <DateField value={day} onChange={setDay} />
          </Field>
          <Field label="Regions">
            <MultiCombobox values={cities} onChange={setCities} options={CITIES} />
          </Field>
          <Field label="Locked">
            <Input readOnly value="Set by the contract" />
          </Field>
        </div>
        <Field label="Description">
          <Textarea defaultValue="Delivery in two parts. Certificates for every batch." />
        </Field>
        <FieldGroup label="Who may quote" isRequired>
          <RadioGroup
            isCards
            value={role}
            onChange={setRole}
            choices={[
              { value: 'buyer', label: 'Everybody', hint: 'A public tender on the board.' },
              {
                value: 'vendor',
                label: 'Invited suppliers',
                hint: 'Only those you choose see it.',
              },
            ]}
          />
        </FieldGroup>
        <div className="grid gap-5 sm:grid-cols-2">
          <Checkbox
            label="Sealed quotes"
            hint="Nobody reads them before the deadline."
            isChecked={isChecked}
            onChange={setIsChecked}
          />
          <Switch
            label="E-mail me about new quotes"
            hint="At most one an hour."
            isOn={isOn}
            onChange={setIsOn}
          />
        </div>
        <Field label="Attachments">
          <FileDrop files={files} onChange={(update) => setFiles(update)} />
        </Field>
      </Card>
    </Section>
  );
}
