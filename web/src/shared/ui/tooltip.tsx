import type { FocusEvent, PointerEvent, ReactElement, ReactNode } from 'react';
import { cloneElement, useEffect, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

const DELAY_MS = 400;
const GAP_PX = 6;
const EDGE_PX = 8;

interface TriggerProps {
  onPointerEnter?: (event: PointerEvent<Element>) => void;
  onPointerLeave?: (event: PointerEvent<Element>) => void;
  onPointerDown?: (event: PointerEvent<Element>) => void;
  onFocus?: (event: FocusEvent<Element>) => void;
  onBlur?: (event: FocusEvent<Element>) => void;
  'aria-describedby'?: string | undefined;
}

interface TooltipProps {
  text: ReactNode;
  /** The one focusable element that is explained. */
  children: ReactElement<TriggerProps>;
  /** The text is the element's accessible name already, and need not be read twice. */
  isName?: boolean;
}

/**
 * Explains an element on hover and on keyboard focus. Never the only place of a fact.
 *
 * Small on purpose: it stands in the first load of every page. WCAG 1.4.13: Escape dismisses it, the
 * pointer may move onto it, and it stays until it is left.
 */
export function Tooltip({ text, children, isName = false }: TooltipProps): ReactNode {
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  const show = (element: Element, delayMs: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(element.getBoundingClientRect()), delayMs);
  };
  const hide = (delayMs = 0): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(null), delayMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const { props } = children;
  const trigger = cloneElement(children, {
    'aria-describedby': anchor !== null && !isName ? id : props['aria-describedby'],
    onPointerEnter: (event) => {
      props.onPointerEnter?.(event);
      // A finger that touches does not ask for an explanation.
      if (event.pointerType !== 'touch') show(event.currentTarget, DELAY_MS);
    },
    onPointerLeave: (event) => {
      props.onPointerLeave?.(event);
      hide(100);
    },
    onPointerDown: (event) => {
      props.onPointerDown?.(event);
      hide();
    },
    onFocus: (event) => {
      props.onFocus?.(event);
      if (event.currentTarget.matches(':focus-visible')) show(event.currentTarget, 0);
    },
    onBlur: (event) => {
      props.onBlur?.(event);
      hide();
    },
  });
  return (
    <>
      {trigger}
      {anchor !== null && (
        <Panel
          id={id}
          anchor={anchor}
          onStay={() => clearTimeout(timer.current)}
          onLeave={() => hide()}
        >
          {text}
        </Panel>
      )}
    </>
  );
}

interface PanelProps {
  id: string;
  anchor: DOMRect;
  onStay: () => void;
  onLeave: () => void;
  children: ReactNode;
}

function Panel({ id, anchor, onStay, onLeave, children }: PanelProps): ReactNode {
  const isBelow = anchor.top < innerHeight / 2;
  const latest = useRef(onLeave);
  useEffect(() => {
    latest.current = onLeave;
  });
  useEffect(() => {
    const leave = (): void => latest.current();
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') leave();
    };
    addEventListener('keydown', onKey);
    addEventListener('scroll', leave, true);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('scroll', leave, true);
    };
  }, []);
  const place = (element: HTMLDivElement | null): void => {
    if (element === null) return;
    const { width, height } = element.getBoundingClientRect();
    const centred = anchor.left + anchor.width / 2 - width / 2;
    const left = Math.max(EDGE_PX, Math.min(centred, innerWidth - width - EDGE_PX));
    const top = isBelow ? anchor.bottom + GAP_PX : anchor.top - height - GAP_PX;
    element.style.translate = `${String(Math.round(left))}px ${String(Math.round(top))}px`;
  };
  return createPortal(
    <div
      ref={place}
      id={id}
      role="tooltip"
      onPointerEnter={onStay}
      onPointerLeave={onLeave}
      className="fixed top-0 left-0 z-60 max-w-72 rounded-base bg-ink px-2 py-1 text-small text-canvas shadow-overlay"
    >
      {children}
    </div>,
    document.body,
  );
}
