import { useMutation } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { formatNumber } from '@/shared/money/money';
import { Banner } from '@/shared/ui/banner';
import { Button } from '@/shared/ui/button';

import { type AuditVerification, verifyChain } from '../api/queries';

/** Returns the button that checks the whole trail, and what came of it. */
export function useVerification(): { button: ReactNode; result: ReactNode } {
  const { t } = useTranslation('audit');
  const verification = useMutation({ mutationFn: verifyChain });
  return {
    button: (
      <Button
        variant="primary"
        icon={ShieldCheck}
        isPending={verification.isPending}
        onClick={() => verification.mutate()}
      >
        {t('verify.action')}
      </Button>
    ),
    result: verification.data === undefined ? null : <Result verification={verification.data} />,
  };
}

const REASONS = ['changed', 'missing', 'inserted', 'head_missing'] as const;

function Result({ verification }: { verification: AuditVerification }): ReactNode {
  const { t } = useTranslation('audit');
  const { ok, entries, sealed, broken_at, reason, head_hash } = verification;
  if (!ok) {
    const known = REASONS.find((one) => one === reason);
    return (
      <Banner tone="stopped">
        <p className="font-medium">{t('verify.broken', { position: broken_at ?? '—' })}</p>
        {known !== undefined && <p>{t(`verify.reasons.${known}`)}</p>}
      </Banner>
    );
  }
  return (
    <Banner tone="done">
      <p className="font-medium">
        {t('verify.sound', { sealed: formatNumber(sealed), entries: formatNumber(entries) })}
      </p>
      {head_hash !== null && (
        <p className="text-small">
          {t('verify.head')} <code className="font-mono break-all select-all">{head_hash}</code>
        </p>
      )}
    </Banner>
  );
}
