import { useQuery } from '@tanstack/react-query';
import { ScanLine, ScanSearch, Tags } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { nameNow } from '@/shared/i18n/names';
import { Awaiting } from '@/shared/ui/awaiting';
import { showDone } from '@/shared/ui/toast';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Card, PageBody, PageHeader, Section } from '@/shared/ui/page';
import { EmptyState, SkeletonRows } from '@/shared/ui/states';

import { codeQuery } from '../api/queries';
import { LabelForm } from '../components/label-form';
import { MatchList } from '../components/match-list';
import { ScanDialog } from '../components/scan-dialog';
import type { LabelLine, LabelProduct } from '../model/labels';
import { withProduct } from '../model/labels';

interface CodesPageProps {
  /** The code that is looked for. */
  code: string;
  onCode: (code: string) => void;
}

/** Goods by the code that stands on them, from the camera or a hand scanner, and labels for one's own. */
export function CodesPage({ code, onCode }: CodesPageProps): ReactNode {
  const { t } = useTranslation('barcodes');
  const [isScanning, setIsScanning] = useState(false);
  const [lines, setLines] = useState<LabelLine[]>([]);
  const hear = useCallback(
    (heard: string) => {
      setIsScanning(false);
      navigator.vibrate?.(60);
      onCode(heard);
    },
    [onCode],
  );
  const add = (product: LabelProduct): void => {
    setLines((current) => withProduct(current, product));
    showDone(t('added', { name: nameNow(product) }));
  };
  return (
    <PageBody>
      <PageHeader
        title={t('title')}
        text={t('text')}
        actions={
          <Button
            variant={lines.length > 0 ? 'secondary' : 'primary'}
            icon={ScanLine}
            onClick={() => setIsScanning(true)}
          >
            {t('scan.action')}
          </Button>
        }
      />
      <Card>
        <form
          key={code}
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            onCode(String(new FormData(event.currentTarget).get('code') ?? '').trim());
          }}
        >
          <Field label={t('code')} hint={t('code_hint')} isRequired className="flex-1">
            <Input name="code" defaultValue={code} autoComplete="off" maxLength={300} />
          </Field>
          <Button type="submit">{t('find')}</Button>
        </form>
        <Found code={code} onLabel={add} />
      </Card>
      <Section title={t('labels.title')} text={t('labels.text')}>
        <Card>
          {lines.length === 0 ? (
            <EmptyState icon={Tags} title={t('labels.none')} text={t('labels.none_text')} />
          ) : (
            <LabelForm lines={lines} onChange={setLines} />
          )}
        </Card>
      </Section>
      <ScanDialog isOpen={isScanning} onClose={() => setIsScanning(false)} onCode={hear} />
    </PageBody>
  );
}

function Found({
  code,
  onLabel,
}: {
  code: string;
  onLabel: (product: LabelProduct) => void;
}): ReactNode {
  const { t } = useTranslation('barcodes');
  const found = useQuery(codeQuery(code));
  if (code === '') return null;
  if (found.data === undefined)
    return <Awaiting query={found} skeleton={<SkeletonRows rows={2} />} />;
  if (found.data.items.length === 0)
    return <EmptyState icon={ScanSearch} title={t('nothing', { code })} text={t('nothing_text')} />;
  return <MatchList matches={found.data.items} onLabel={onLabel} />;
}
