import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';

import { Form, FormField, SubmitButton, useZodForm } from '@/shared/forms/form';
import { THEME_PREFERENCES } from '@/shared/hooks/theme';
import { LANGUAGE_NAMES, LANGUAGES } from '@/shared/i18n/languages';
import { Awaiting } from '@/shared/ui/awaiting';
import { Badge } from '@/shared/ui/badge';
import { RadioGroup } from '@/shared/ui/choice';
import { Input } from '@/shared/ui/input';
import { Card, DescriptionList, PageBody, PageHeader } from '@/shared/ui/page';
import { PictureField } from '@/shared/ui/picture-field';
import { SkeletonText } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';
import { DateTime } from '@/shared/ui/values';

import { type Profile, profileQuery, useChangeProfile } from '../api/queries';

const NAME_LENGTH_MAX = 100;
const schema = z.object({
  display_name: z.string().check(z.trim(), z.minLength(1), z.maxLength(NAME_LENGTH_MAX)),
  locale: z.enum(LANGUAGES),
  theme: z.enum(THEME_PREFERENCES),
});

/** Name, picture, language and theme of the person who is signed in. */
export function ProfilePage(): ReactNode {
  const { t } = useTranslation('settings');
  const query = useQuery(profileQuery);
  const { data } = query;
  return (
    <PageBody>
      <PageHeader title={t('profile.title')} text={t('profile.text')} />
      {data === undefined ? (
        <Card>
          <Awaiting query={query} skeleton={<SkeletonText lines={8} />} />
        </Card>
      ) : (
        <>
          <AccountCard profile={data} />
          <ProfileForm key={data.id} profile={data} />
        </>
      )}
    </PageBody>
  );
}

function AccountCard({ profile }: { profile: Profile }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const change = useChangeProfile();
  return (
    <Card className="flex flex-col gap-6">
      <PictureField
        name={profile.display_name}
        url={profile.avatar_url}
        label={t('profile.picture')}
        onChange={(avatar) => change({ avatar })}
      />
      <DescriptionList
        items={[
          {
            term: t('email'),
            value: (
              <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                <span className="break-all">{profile.email}</span>
                {profile.email_verified && <Badge tone="done">{t('profile.is_verified')}</Badge>}
              </span>
            ),
          },
          {
            term: t('profile.role'),
            value: `${t(`common:roles.${profile.role}`)}, ${profile.organisation.name}`,
          },
          { term: t('profile.since'), value: <DateTime value={profile.created_at} isDay /> },
        ]}
      />
    </Card>
  );
}

function ProfileForm({ profile }: { profile: Profile }): ReactNode {
  const { t } = useTranslation(['settings', 'common', 'app']);
  const change = useChangeProfile();
  const form = useZodForm(schema, {
    display_name: profile.display_name,
    locale: profile.locale,
    theme: profile.theme,
  });
  return (
    <Card>
      <Form
        form={form}
        className="gap-5"
        onSubmit={async (values) => {
          await change(values);
          showDone(t('common:words.saved'));
        }}
      >
        <FormField
          form={form}
          name="display_name"
          label={t('profile.name')}
          hint={t('profile.name_hint')}
          isRequired
        >
          {(control) => <Input {...control} autoComplete="name" className="max-w-md" />}
        </FormField>
        <FormField
          form={form}
          name="locale"
          label={t('app:language')}
          hint={t('profile.language_hint')}
          isRequired
          isGroup
        >
          {({ value, onChange }) => (
            <RadioGroup
              value={value}
              onChange={onChange}
              choices={LANGUAGES.map((language) => ({
                value: language,
                label: <span lang={language}>{LANGUAGE_NAMES[language]}</span>,
              }))}
            />
          )}
        </FormField>
        <FormField form={form} name="theme" label={t('app:theme')} isRequired isGroup>
          {({ value, onChange }) => (
            <RadioGroup
              value={value}
              onChange={onChange}
              choices={THEME_PREFERENCES.map((theme) => ({
                value: theme,
                label: t(`app:themes.${theme}`),
              }))}
            />
          )}
        </FormField>
        <SubmitButton form={form} className="self-start">
          {t('common:words.save')}
        </SubmitButton>
      </Form>
    </Card>
  );
}
