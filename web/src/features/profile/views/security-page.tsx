import { useQuery } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Awaiting } from '@/shared/ui/awaiting';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm';
import { Card, PageBody, PageHeader, Section } from '@/shared/ui/page';
import { SkeletonRows } from '@/shared/ui/states';
import { showDone } from '@/shared/ui/toast';
import { DateTime, RelativeTime } from '@/shared/ui/values';

import { devicesQuery, type SignedInDevice, useEndSessions } from '../api/queries';
import { PasswordForm } from '../forms/password-form';

/** The password, and the browsers and programs that are signed in. */
export function SecurityPage(): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <PageBody>
      <PageHeader title={t('security.title')} text={t('security.text')} />
      <Devices />
      <Section title={t('password.title')} text={t('password.text')}>
        <Card>
          <PasswordForm />
        </Card>
      </Section>
    </PageBody>
  );
}

function Devices(): ReactNode {
  const { t } = useTranslation('settings');
  const query = useQuery(devicesQuery);
  const { data } = query;
  const [ending, setEnding] = useState<readonly SignedInDevice[] | null>(null);
  const endSessions = useEndSessions();
  const others = data?.filter((one) => !one.current) ?? [];
  const [only] = ending ?? [];
  return (
    <Section
      title={t('sessions.title')}
      text={t('sessions.text')}
      actions={
        others.length > 0 && (
          <Button size="small" onClick={() => setEnding(others)}>
            {t('sessions.end_others')}
          </Button>
        )
      }
    >
      <Card isFlush>
        {data === undefined ? (
          <Awaiting query={query} skeleton={<SkeletonRows rows={3} />} />
        ) : (
          <ul className="divide-y divide-line">
            {data.map((device) => (
              <DeviceRow key={device.id} device={device} onEnd={() => setEnding([device])} />
            ))}
          </ul>
        )}
      </Card>
      <ConfirmDialog
        isOpen={ending !== null}
        onClose={() => setEnding(null)}
        onConfirm={async () => {
          await endSessions.mutateAsync(ending ?? []);
          showDone(t('sessions.ended'));
        }}
        title={
          ending !== null && ending.length > 1
            ? t('sessions.end_many_question', { count: ending.length })
            : t('sessions.end_question', { device: only?.device ?? '' })
        }
        text={t('sessions.end_text')}
        confirmLabel={t('sessions.end')}
        isDangerous
      />
    </Section>
  );
}

function DeviceRow({ device, onEnd }: { device: SignedInDevice; onEnd: () => void }): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <li className="flex items-center gap-4 px-4 py-3.5">
      <span className="inline-flex size-9 shrink-0 items-center justify-center rounded-full bg-hover text-muted">
        <MonitorSmartphone aria-hidden className="size-4.5" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-medium">
          {device.device}
          {device.current && <Badge tone="done">{t('sessions.current')}</Badge>}
        </p>
        <p className="flex flex-wrap gap-x-4 text-small text-muted">
          <span>
            {t('sessions.used')} <RelativeTime value={device.last_used_at} />
          </span>
          <span>
            {t('sessions.since')} <DateTime value={device.created_at} />
          </span>
          {device.ip !== null && <span className="tabular">{device.ip}</span>}
        </p>
      </div>
      {!device.current && (
        <Button size="small" onClick={onEnd}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}
