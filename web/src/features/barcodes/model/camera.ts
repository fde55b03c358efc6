import { useCallback, useEffect, useRef, useState } from 'react';

import type { CodeReader } from './code-reader';
import { openCodeReader } from './code-reader';

/** Why there is no picture; each has words that say what to do. */
export type CameraTrouble = 'refused' | 'missing' | 'busy' | 'gone' | 'insecure' | 'unreadable';

const PAUSE_MS = 120;

interface TorchTrack extends MediaStreamTrack {
  getCapabilities: () => MediaTrackCapabilities & { torch?: boolean };
}

/** Which trouble an error of the camera means. */
export function troubleOf(error: unknown): CameraTrouble {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return 'busy';
}

/**
 * Reads codes from the camera while `isOn`.
 *
 * @param onCode hears of every code that is seen; the camera goes on until it is switched off.
 */
export function useCamera(isOn: boolean, onCode: (code: string) => void) {
  const video = useRef<HTMLVideoElement>(null);
  const track = useRef<TorchTrack | null>(null);
  const heard = useRef(onCode);
  const [trouble, setTrouble] = useState<CameraTrouble | null>(null);
  const [isReady, setIsReady] = useState(false);
  const [hasTorch, setHasTorch] = useState(false);
  const [isLit, setIsLit] = useState(false);

  useEffect(() => {
    heard.current = onCode;
  }, [onCode]);

  useEffect(() => {
    if (!isOn) return;
    let isOver = false;
    let stream: MediaStream | null = null;
    let reader: CodeReader | null = null;
    const isStopped = (): boolean => isOver;

    const watch = async (): Promise<void> => {
      // Without HTTPS browsers do not even offer the camera.
      const devices = navigator.mediaDevices as MediaDevices | undefined;
      if (devices === undefined) {
        setTrouble('insecure');
        return;
      }
      stream = await devices.getUserMedia({
        audio: false,
        video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 } },
      });
      const element = video.current;
      if (isStopped() || element === null) {
        stop(stream);
        return;
      }
      element.srcObject = stream;
      await element.play();
      track.current = (stream.getVideoTracks()[0] ?? null) as TorchTrack | null;
      setHasTorch(canLight(track.current));
      // Its plug was pulled, or the permission taken back: the last picture would stand still without a word.
      track.current?.addEventListener('ended', () => {
        if (!isStopped()) setTrouble('gone');
      });
      setIsReady(true);
      reader = await openCodeReader();
      while (!isStopped() && track.current?.readyState !== 'ended') {
        const codes = await reader.read(element);
        if (!isStopped() && codes[0] !== undefined) heard.current(codes[0]);
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    };

    watch().catch((error: unknown) => {
      if (!isStopped()) setTrouble(error instanceof DOMException ? troubleOf(error) : 'unreadable');
    });
    return () => {
      isOver = true;
      reader?.close();
      stop(stream);
      track.current = null;
      setTrouble(null);
      setIsReady(false);
      setIsLit(false);
    };
  }, [isOn]);

  const light = useCallback(async (wanted: boolean) => {
    // `torch` is not in the standard's types yet.
    const constraints = { advanced: [{ torch: wanted }] } as unknown as MediaTrackConstraints;
    await track.current?.applyConstraints(constraints);
    setIsLit(wanted);
  }, []);

  return { video, trouble, isReady, hasTorch, isLit, light };
}

function canLight(track: TorchTrack | null): boolean {
  // Firefox has no capabilities to ask for.
  return typeof track?.getCapabilities === 'function' && track.getCapabilities().torch === true;
}

function stop(stream: MediaStream | null): void {
  for (const one of stream?.getTracks() ?? []) one.stop();
}
