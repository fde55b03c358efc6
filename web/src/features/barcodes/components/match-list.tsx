import { Barcode, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { nameNow } from '@/shared/i18n/names';
import { formatNumber } from '@/shared/money/money';
import { useCan } from '@/shared/session/session';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { Picture } from '@/shared/ui/picture';
import { Money } from '@/shared/ui/values';

import type { BarcodeMatch } from '../api/queries';
import { useAssignCode } from '../api/queries';
import type { LabelProduct } from '../model/labels';

interface MatchListProps {
  matches: readonly BarcodeMatch[];
  onLabel: (product: LabelProduct) => void;
}

/** Products that a code stands for: own ones with what can be done to them. */
export function MatchList({ matches, onLabel }: MatchListProps): ReactNode {
  return (
    <ul className="flex flex-col divide-y divide-line">
      {matches.map((match) => (
        <li key={match.id}>
          <Match match={match} onLabel={onLabel} />
        </li>
      ))}
    </ul>
  );
}

function Match({
  match,
  onLabel,
}: {
  match: BarcodeMatch;
  onLabel: MatchListProps['onLabel'];
}): ReactNode {
  const { t } = useTranslation('barcodes');
  const mayWrite = useCan()('products:write');
  const assign = useAssignCode();
  const options = Object.values(match.options).join(', ');
  const plain = nameNow(match);
  const name = options === '' ? plain : `${plain}, ${options}`;
  const isOwn = match.relation === 'own';
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 py-3">
      {match.image === null ? (
        <span className="inline-flex size-14 items-center justify-center rounded-base bg-sunken text-faint">
          <Barcode aria-hidden className="size-6" />
        </span>
      ) : (
        <Picture
          picture={match.image}
          alt=""
          sizes="56px"
          className="size-14 shrink-0 rounded-base"
        />
      )}
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium">{name}</p>
        <p className="text-small text-muted">
          {isOwn ? match.sku : `${match.organisation.name} · ${match.sku}`}
        </p>
        <div className="mt-1 flex flex-wrap items-center gap-2">
          <Badge tone={isOwn ? 'done' : match.relation === 'linked' ? 'open' : 'draft'}>
            {t(`relation.${match.relation}`)}
          </Badge>
          <span className="text-small text-muted tabular">
            {t('available', { amount: formatNumber(Number(match.available)) })}
          </span>
        </div>
      </div>
      <p className="font-semibold">
        <Money value={match.price} />
      </p>
      {isOwn && (
        <div className="flex flex-wrap gap-2">
          {match.barcode === null && mayWrite && (
            <Button
              size="small"
              icon={Barcode}
              isPending={assign.isPending}
              onClick={() => assign.mutate(match.id)}
            >
              {t('assign')}
            </Button>
          )}
          <Button
            size="small"
            icon={Plus}
            onClick={() => onLabel({ id: match.id, name, sku: match.sku })}
          >
            {t('add_label')}
          </Button>
        </div>
      )}
    </div>
  );
}
