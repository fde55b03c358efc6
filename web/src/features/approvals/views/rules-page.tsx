import { useQuery } from '@tanstack/react-query';
import { Plus, ShieldCheck, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFieldArray } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import type { MoneyValue } from '@/shared/api/types';
import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { useCan, useSession } from '@/shared/session/session';
import { Awaiting } from '@/shared/ui/awaiting';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';
import { IconButton } from '@/shared/ui/icon-button';
import { Select } from '@/shared/ui/input';
import { MoneyField } from '@/shared/ui/money-field';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';

import { type ApprovalRuleView, rulesQuery, useSaveRules } from '../api/queries';

const RULES_MAX = 50;
const ROLES = ['manager', 'admin', 'owner'] as const;
const PURPOSES = ['publish', 'award'] as const;
type ApproverRole = (typeof ROLES)[number];

const rulesSchema = z.object({
  rules: z
    .array(
      z.object({
        purpose: z.enum(PURPOSES),
        above: z.custom<MoneyValue>((value) => value !== null && value !== undefined),
        approver_role: z.enum(ROLES),
      }),
    )
    .check(z.maxLength(RULES_MAX)),
});

/** From which amount on somebody must agree. */
export function RulesPage(): ReactNode {
  const { t } = useTranslation('approvals');
  const query = useQuery(rulesQuery);
  const { data } = query;
  return (
    <PageBody>
      <PageHeader title={t('rules.title')} text={t('rules.text')} />
      {data === undefined ? (
        <Card isFlush>
          <Awaiting query={query} skeleton={<SkeletonRows rows={3} />} />
        </Card>
      ) : (
        <RulesForm key={data.rules.map((rule) => rule.id).join()} rules={data.rules} />
      )}
    </PageBody>
  );
}

function RulesForm({ rules }: { rules: readonly ApprovalRuleView[] }): ReactNode {
  const { t } = useTranslation('approvals');
  const can = useCan();
  const currency = useSession()?.organisation.currency ?? 'KZT';
  const mayChange = can('approvals:configure');
  const save = useSaveRules();
  const form = useZodForm(rulesSchema, {
    rules: rules.map((rule) => ({
      purpose: rule.purpose,
      above: rule.above,
      approver_role: rule.approver_role as ApproverRole,
    })),
  });
  const { fields, append, remove } = useFieldArray({
    control: form.control,
    name: 'rules',
    keyName: 'key',
  });
  const add = (): void =>
    append({
      purpose: 'award',
      above: null as unknown as MoneyValue,
      approver_role: 'manager',
    });
  return (
    <Form
      form={form}
      onSubmit={async (values) => {
        await save.mutateAsync(values.rules);
        showDone(t('rules.saved'));
      }}
    >
      {!mayChange && <Banner>{t('rules.read_only')}</Banner>}
      <fieldset disabled={!mayChange} className="contents">
        <Card isFlush>
          {fields.length === 0 && (
            <EmptyState icon={ShieldCheck} title={t('rules.empty')} text={t('rules.empty_text')} />
          )}
          <ol className="divide-y divide-line">
            {fields.map((field, index) => (
              <RuleRow
                key={field.key}
                form={form}
                index={index}
                currency={field.above === null ? currency : field.above.currency}
                onRemove={mayChange ? () => remove(index) : null}
              />
            ))}
          </ol>
          {mayChange && (
            <div className="border-t border-line p-3">
              <Button icon={Plus} disabled={fields.length >= RULES_MAX} onClick={add}>
                {t('rules.add')}
              </Button>
            </div>
          )}
        </Card>
        {mayChange && (
          <div>
            <SubmitButton form={form}>{t('rules.save')}</SubmitButton>
          </div>
        )}
      </fieldset>
    </Form>
  );
}

interface RuleRowProps {
  form: ReturnType<typeof useZodForm<z.infer<typeof rulesSchema>, z.infer<typeof rulesSchema>>>;
  index: number;
  currency: string;
  onRemove: (() => void) | null;
}

function RuleRow({ form, index, currency, onRemove }: RuleRowProps): ReactNode {
  const { t } = useTranslation(['approvals', 'common']);
  const number = index + 1;
  return (
    <li
      aria-label={t('rules.rule', { number })}
      className="grid items-start gap-3 p-4 sm:grid-cols-[14rem_minmax(10rem,16rem)_minmax(10rem,14rem)_auto]"
    >
      <FormField form={form} name={`rules.${index}.purpose`} label={t('rules.purpose')} isRequired>
        {(control) => (
          <Select
            {...control}
            choices={PURPOSES.map((value) => ({ value, label: t(`rules.purposes.${value}`) }))}
          />
        )}
      </FormField>
      <FormField form={form} name={`rules.${index}.above`} label={t('rules.above')} isRequired>
        {({ value, onChange, onBlur, name, ref }) => (
          <MoneyField
            ref={ref}
            value={value}
            name={name}
            currency={currency}
            onChange={onChange}
            onBlur={onBlur}
          />
        )}
      </FormField>
      <FormField
        form={form}
        name={`rules.${index}.approver_role`}
        label={t('rules.role')}
        isRequired
      >
        {(control) => (
          <Select
            {...control}
            choices={ROLES.map((role) => ({
              value: role,
              label:
                role === 'owner'
                  ? t('common:roles.owner')
                  : t('rules.role_or_higher', { role: t(`common:roles.${role}`) }),
            }))}
          />
        )}
      </FormField>
      {onRemove !== null && (
        <span className="sm:pt-6">
          <IconButton icon={Trash2} label={t('rules.remove', { number })} onClick={onRemove} />
        </span>
      )}
    </li>
  );
}
