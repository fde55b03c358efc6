import { useQuery } from '@tanstack/react-query';
import { Handshake } from 'lucide-react';
import type { ReactNode } from 'react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { mySuppliersQuery } from '@/features/links/api/queries';
import type { LinkListItem } from '@/features/links/api/types';
import { loadWords } from '@/shared/i18n/i18n';
import { useCan, useSession } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { ButtonLink, Link } from '@/shared/ui/link';
import { Skeleton } from '@/shared/ui/states';
import { DateTime } from '@/shared/ui/values';

// Asking comes with whoever asks: the form weighs more than the page.
const RequestDialog = lazy(async () => {
  const [{ RequestDialog: Dialog }] = await Promise.all([
    import('@/features/links/forms/request-dialog'),
    loadWords('links', 'validation', 'problems'),
  ]);
  return { default: Dialog };
});

/** How the reader's company stands to a seller. */
export interface Standing {
  isKnown: boolean;
  isOwn: boolean;
  isLinked: boolean;
  /** The latest link; null for visitors and strangers. */
  link: LinkListItem | null;
}

/** Returns how the reader stands to a seller; the name narrows the look-up, the identifier decides. */
export function useStanding(seller: { id: string; name: string }): Standing {
  const session = useSession();
  const isOwn = session?.organisation.id === seller.id;
  const mayRead = session != null && session.permissions.includes('links:read');
  const { data, isPending } = useQuery({
    ...mySuppliersQuery({ q: seller.name, sort: '-created_at' }),
    enabled: mayRead && !isOwn && session.organisation.buys,
  });
  const links = (data?.items ?? []).filter((one) => one.supplier.organisation_id === seller.id);
  const link = links.find((one) => one.state === 'accepted') ?? links[0] ?? null;
  return {
    isKnown: session === null || isOwn || !mayRead || !session.organisation.buys || !isPending,
    isOwn,
    isLinked: link?.state === 'accepted',
    link,
  };
}

interface StandingNoteProps {
  seller: { id: string; name: string };
  standing: Standing;
  /** Where a visitor comes back to after signing in. */
  next: string;
  /** The page's primary action is to ask for a link, not something else. */
  isPrimary?: boolean;
}

/** What stands between the reader and an order, with the next step. */
export function StandingNote({
  seller,
  standing,
  next,
  isPrimary = true,
}: StandingNoteProps): ReactNode {
  const { t } = useTranslation('catalogue');
  const session = useSession();
  const can = useCan();
  const { link } = standing;
  const variant = isPrimary ? 'primary' : 'secondary';
  if (standing.isOwn) return null;
  if (session === undefined || !standing.isKnown) return <Skeleton className="h-9" />;
  if (session === null) {
    return (
      <Note text={t('link.sign_in_text')}>
        <ButtonLink to="/sign-in" search={{ next }} variant={variant}>
          {t('link.sign_in')}
        </ButtonLink>
      </Note>
    );
  }
  if (link?.state === 'accepted') {
    return (
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-body">
        <Handshake aria-hidden className="size-4 text-done" />
        {t('link.linked')}
        <Link to="/app/catalogue" search={{ supplier: seller.id }}>
          {t('link.catalogue')}
        </Link>
      </p>
    );
  }
  if (link?.state === 'pending' || link?.state === 'blocked') {
    return (
      <Note text={link.state === 'pending' ? t('link.pending') : t('linked.not_linked_text')}>
        <ButtonLink to="/app/links/$linkId" params={{ linkId: link.id }}>
          {t('link.open')}
        </ButtonLink>
      </Note>
    );
  }
  if (!session.organisation.buys || !can('links:request')) {
    return (
      <p className="text-body text-muted">
        {session.organisation.buys ? t('buy.no_right') : t('link.not_buying')}
      </p>
    );
  }
  if (link?.state === 'denied' && link.retry_at !== null) {
    return (
      <p className="text-body text-muted">
        {t('link.denied')} {t('link.retry')} <DateTime value={link.retry_at} />
      </p>
    );
  }
  return <AskForLink seller={seller} variant={variant} />;
}

function AskForLink({
  seller,
  variant,
}: {
  seller: { id: string; name: string };
  variant: 'primary' | 'secondary';
}): ReactNode {
  const { t } = useTranslation('catalogue');
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Note text={t('link.ask_text')}>
      <Button variant={variant} onClick={() => setIsAsking(true)}>
        {t('link.ask')}
      </Button>
      {isAsking && (
        <Suspense>
          <RequestDialog
            supplier={{ organisation_id: seller.id, name: seller.name }}
            onClose={() => setIsAsking(false)}
          />
        </Suspense>
      )}
    </Note>
  );
}

function Note({ text, children }: { text: string; children: ReactNode }): ReactNode {
  return (
    <div className="flex flex-col items-stretch gap-2">
      {children}
      <p className="text-small text-muted">{text}</p>
    </div>
  );
}
