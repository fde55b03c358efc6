import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { Checkbox } from '@/shared/ui/choice';
import { Card, PageBody, PageHeader } from '@/shared/ui/page';
import { SkeletonRows } from '@/shared/ui/states';

import { type Preferences, preferencesQuery, useSavePreferences } from '../api/queries';

type Row = Preferences['groups'][number];

/** How the person wishes to hear of each kind of news. */
export function PreferencesPage(): ReactNode {
  const { t } = useTranslation('notifications');
  const query = useQuery(preferencesQuery);
  const { data } = query;
  return (
    <PageBody>
      <PageHeader title={t('preferences.title')} text={t('preferences.text')} />
      <Card isFlush>
        {data === undefined ? (
          <Awaiting query={query} skeleton={<SkeletonRows rows={9} />} />
        ) : (
          <Matrix preferences={data} />
        )}
      </Card>
    </PageBody>
  );
}

function Matrix({ preferences }: { preferences: Preferences }): ReactNode {
  const { t } = useTranslation('notifications');
  const save = useSavePreferences();
  const change = (group: Row['group'], patch: Partial<Row>): void => {
    const groups = preferences.groups.map((row) =>
      row.group === group ? { ...row, ...patch } : row,
    );
    save.mutate({ groups });
  };
  return (
    <table className="w-full text-body">
      <caption className="sr-only">{t('preferences.title')}</caption>
      <thead>
        <tr className="bg-sunken text-small text-muted">
          <th scope="col" className="px-4 py-2.5 text-left font-medium sm:px-5">
            {t('about')}
          </th>
          <th scope="col" className="w-24 px-2 py-2.5 font-medium">
            {t('preferences.in_app')}
          </th>
          <th scope="col" className="w-24 px-2 py-2.5 font-medium">
            {t('preferences.email')}
          </th>
        </tr>
      </thead>
      <tbody>
        {preferences.groups.map((row) => (
          <tr key={row.group} className="border-t border-line">
            <th scope="row" className="px-4 py-3 text-left font-normal sm:px-5">
              <span className="block font-medium">{t(`groups.${row.group}`)}</span>
              <span className="block text-small text-muted">{t(`hints.${row.group}`)}</span>
            </th>
            {(['in_app', 'email'] as const).map((channel) => (
              <td key={channel} className="px-2">
                <span className="flex justify-center">
                  <Checkbox
                    isLabelHidden
                    label={`${t(`groups.${row.group}`)}: ${t(`preferences.${channel}`)}`}
                    isChecked={row[channel]}
                    onChange={(isChecked) => change(row.group, { [channel]: isChecked })}
                  />
                </span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
