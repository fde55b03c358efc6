import { Copy, Download, Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';

import { useSession } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { Input } from '@/shared/ui/input';
import { showDone } from '@/shared/ui/toast';

import type { NewLinkInvitation } from '../api/types';

interface InvitationCodeProps {
  invitation: NewLinkInvitation;
  onClose: () => void;
}

/** The address of an invitation and its QR code, to copy, to keep and to print. */
export function InvitationCode({ invitation, onClose }: InvitationCodeProps): ReactNode {
  const { t } = useTranslation(['links', 'ui']);
  const session = useSession();
  usePrintedAlone();
  const picture = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(invitation.qr_svg)}`;
  const copy = (): void =>
    void navigator.clipboard
      .writeText(invitation.url)
      .then(() => showDone(t('invitations.copied')));
  return (
    <div className="flex flex-col gap-4">
      <figure className="mx-auto flex flex-col items-center gap-3">
        <img
          src={picture}
          alt={t('invitations.code_of', { name: invitation.name })}
          className="size-56 rounded-base border border-line"
        />
        <figcaption className="text-center">
          <span className="block text-reading font-semibold">{session?.organisation.name}</span>
          <span className="block text-small text-muted">{t('invitations.scan')}</span>
        </figcaption>
      </figure>
      {createPortal(
        <Poster picture={picture} name={session?.organisation.name ?? ''} url={invitation.url} />,
        document.body,
      )}
      <div className="flex gap-2">
        <Input
          aria-label={t('invitations.address')}
          readOnly
          value={invitation.url}
          className="min-w-0 flex-1"
          onFocus={(event) => event.target.select()}
        />
        {'clipboard' in navigator && (
          <Button icon={Copy} onClick={copy}>
            {t('invitations.copy')}
          </Button>
        )}
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button icon={Printer} onClick={() => window.print()}>
          {t('invitations.print')}
        </Button>
        <Button asChild>
          <a href={picture} download={`${invitation.name}.svg`}>
            <Download aria-hidden className="size-4" />
            {t('invitations.download')}
          </a>
        </Button>
        <Button variant="primary" onClick={onClose}>
          {t('ui:close')}
        </Button>
      </div>
    </div>
  );
}

/** What hangs at a stand: the code as large as it can be read from afar, who invites, and the address for who cannot scan. */
function Poster({ picture, name, url }: { picture: string; name: string; url: string }): ReactNode {
  const { t } = useTranslation('links');
  return (
    <div className="poster" aria-hidden>
      <p className="poster-name">{name}</p>
      <img src={picture} alt="" />
      <p>{t('invitations.scan')}</p>
      <p className="poster-address">{url}</p>
    </div>
  );
}

/** Leaves the page and the dialog off the paper, which carries the poster alone. */
function usePrintedAlone(): void {
  useEffect(() => {
    const { classList } = document.documentElement;
    classList.add('prints-poster');
    return () => classList.remove('prints-poster');
  }, []);
}
