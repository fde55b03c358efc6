import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { classes } from './classes';

interface OverlayProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  text?: ReactNode;
  children?: ReactNode;
  /** Buttons at the end; the primary one last. */
  footer?: ReactNode;
}

interface DialogProps extends OverlayProps {
  size?: 'small' | 'medium' | 'large';
}

const WIDTHS = { small: 'sm:max-w-md', medium: 'sm:max-w-xl', large: 'sm:max-w-3xl' } as const;

/**
 * Gives the focus back to what had it. Radix knows its own triggers alone, and these are opened by whatever was pressed.
 */
function useReturnedFocus(): Pick<
  Radix.DialogContentProps,
  'onOpenAutoFocus' | 'onCloseAutoFocus'
> {
  const opener = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      const pressed = document.activeElement;
      // An item goes with its menu; the button of the menu stays.
      const menu = pressed?.closest('[role=menu]')?.getAttribute('aria-labelledby') ?? '';
      opener.current = document.getElementById(menu) ?? pressed;
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault();
      const { current } = opener;
      const isThere = current?.isConnected === true && current !== document.body;
      // What was deleted cannot take it: the page does, and not the top of the browser.
      const next = isThere ? current : document.querySelector('main');
      if (next instanceof HTMLElement) next.focus({ preventScroll: true });
    },
  };
}

/** Asks for something short before the page goes on. A sheet from below on a phone. */
export function Dialog({
  isOpen,
  onClose,
  title,
  text,
  children,
  footer,
  size = 'small',
}: DialogProps): ReactNode {
  const focus = useReturnedFocus();
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          {...focus}
          {...(text === undefined ? { 'aria-describedby': undefined } : {})}
          className={classes(
            'fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] w-full animate-enter flex-col bg-surface shadow-overlay',
            'rounded-t-base sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-base',
            WIDTHS[size],
          )}
        >
          <OverlayFrame title={title} text={text} footer={footer}>
            {children}
          </OverlayFrame>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Shows or edits one thing beside the list it belongs to. Keep whether it is open in the URL. */
export function Drawer({
  isOpen,
  onClose,
  title,
  text,
  children,
  footer,
  isWide = false,
}: OverlayProps & { isWide?: boolean }): ReactNode {
  const focus = useReturnedFocus();
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          {...focus}
          {...(text === undefined ? { 'aria-describedby': undefined } : {})}
          className={classes(
            'fixed inset-y-0 right-0 z-50 flex w-full animate-drawer flex-col bg-surface shadow-overlay',
            isWide ? 'sm:max-w-3xl' : 'sm:max-w-lg',
          )}
        >
          <OverlayFrame title={title} text={text} footer={footer}>
            {children}
          </OverlayFrame>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function OverlayFrame({
  title,
  text,
  children,
  footer,
}: Omit<OverlayProps, 'isOpen' | 'onClose'>): ReactNode {
  const { t } = useTranslation('ui');
  return (
    <>
      <div className="py-4 pr-14 pb-3 pl-5">
        <Radix.Title className="text-title font-semibold">{title}</Radix.Title>
        {text !== undefined && (
          <Radix.Description className="mt-1 text-body text-muted">{text}</Radix.Description>
        )}
      </div>
      {children !== undefined && (
        <div className="min-h-0 flex-1 overflow-y-auto px-5 py-1 pb-5">{children}</div>
      )}
      {footer !== undefined && (
        <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3.5">
          {footer}
        </div>
      )}
      {/* Last, so that the first control gets the focus; without a tooltip, which would take the first Escape. */}
      <Radix.Close
        aria-label={t('close')}
        className="absolute top-3 right-3 inline-flex size-9 items-center justify-center rounded-base text-muted hover:bg-hover hover:text-ink pointer-coarse:size-11"
      >
        <X aria-hidden className="size-5" />
      </Radix.Close>
    </>
  );
}
