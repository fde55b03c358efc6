import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Problem } from '@/shared/api/problem';
import { useSession } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { downloadText } from '@/shared/ui/data-table/csv';
import { Dialog } from '@/shared/ui/dialog';
import { showProblem } from '@/shared/ui/toast';

import { readExchangeFile } from '../api/mutations';
import type { InvoiceDetails } from '../api/types';
import { type MissingPart, missingParts } from '../model/invoice';

const GROUPS = ['ours', 'theirs', 'document'] as const;

/** Downloads the electronic document; where a receiver would refuse it, says what is missing and on which side. */
export function ExchangeFile({ invoice }: { invoice: InvoiceDetails }): ReactNode {
  const { t } = useTranslation('invoices');
  const session = useSession();
  const [isPending, setIsPending] = useState(false);
  const [missing, setMissing] = useState<MissingPart[] | null>(null);
  const download = async (): Promise<void> => {
    setIsPending(true);
    try {
      const xml = await readExchangeFile(invoice.xml_url);
      downloadText(`${invoice.number ?? 'draft'}.xml`, xml, 'application/xml;charset=utf-8');
    } catch (error) {
      const parts =
        error instanceof Problem && error.code === 'invoicing.incomplete_for_exchange'
          ? missingParts(error.meta, session?.organisation.id ?? '')
          : [];
      if (parts.length > 0) setMissing(parts);
      else showProblem(error);
    } finally {
      setIsPending(false);
    }
  };
  return (
    <>
      <Button icon={Download} isPending={isPending} onClick={() => void download()}>
        {t('exchange.download')}
      </Button>
      <Dialog
        isOpen={missing !== null}
        onClose={() => setMissing(null)}
        size="medium"
        title={t('exchange.title')}
        text={t('exchange.text')}
        footer={<Button onClick={() => setMissing(null)}>{t('exchange.understood')}</Button>}
      >
        <div className="flex flex-col gap-4">
          {GROUPS.map((whose) => {
            const parts = (missing ?? []).filter((part) => part.whose === whose);
            if (parts.length === 0) return null;
            return (
              <section key={whose} className="flex flex-col gap-1.5">
                <h3 className="text-body font-semibold">{t(`exchange.${whose}`)}</h3>
                <ul className="flex flex-col gap-1.5">
                  {parts.map((part) => (
                    <li key={part.detail} className="text-body">
                      <code className="mr-2 font-mono text-small text-muted">{part.rule}</code>
                      <span lang="en">{part.detail}</span>
                    </li>
                  ))}
                </ul>
              </section>
            );
          })}
        </div>
      </Dialog>
    </>
  );
}
