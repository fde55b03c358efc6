import type { ScanAnswer, ScanRequest } from './wasm-worker';

/** Finds codes in pictures. */
export interface CodeReader {
  /** Texts of the codes in a frame of the camera or in a picture; none when there are none. */
  read: (source: HTMLVideoElement | ImageBitmap) => Promise<string[]>;
  close: () => void;
}

interface DetectedCode {
  rawValue: string;
}

interface Detector {
  detect: (source: CanvasImageSource) => Promise<DetectedCode[]>;
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats: () => Promise<string[]>;
}

const WANTED = ['ean_13', 'ean_8', 'upc_a', 'code_128', 'qr_code', 'data_matrix', 'itf'];
const NEEDED = ['ean_13', 'code_128', 'qr_code'];
const FRAME_MAX_PIXELS = 1280;

/** The browser's own reader where it has one that knows our codes, else ours in WebAssembly, which is fetched only then. */
export async function openCodeReader(): Promise<CodeReader> {
  return (await ownReader()) ?? wasmReader();
}

async function ownReader(): Promise<CodeReader | null> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
  if (BarcodeDetector === undefined) return null;
  try {
    const known = await BarcodeDetector.getSupportedFormats();
    if (!NEEDED.every((format) => known.includes(format))) return null;
    const detector = new BarcodeDetector({
      formats: WANTED.filter((format) => known.includes(format)),
    });
    return {
      read: async (source) => (await detector.detect(source)).map(({ rawValue }) => rawValue),
      close: () => undefined,
    };
  } catch {
    // Some browsers have the class and no service behind it.
    return null;
  }
}

function wasmReader(): CodeReader {
  const worker = new Worker(new URL('./wasm-worker.ts', import.meta.url), { type: 'module' });
  const canvas = document.createElement('canvas');
  const waiting = new Map<number, { done: (codes: string[]) => void; fail: () => void }>();
  let last = 0;
  const failAll = (): void => {
    for (const { fail } of waiting.values()) fail();
    waiting.clear();
  };
  worker.addEventListener('message', ({ data }: MessageEvent<ScanAnswer>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.failed) asked?.fail();
    else asked?.done(data.codes);
  });
  worker.addEventListener('error', failAll);
  return {
    read: (source) =>
      new Promise((done, reject) => {
        const frame = pixelsOf(source, canvas);
        if (frame === null) {
          done([]);
          return;
        }
        const request: ScanRequest = { id: (last += 1), frame };
        waiting.set(request.id, { done, fail: () => reject(new Error('unreadable')) });
        worker.postMessage(request, [frame.data.buffer]);
      }),
    close: () => {
      failAll();
      worker.terminate();
    },
  };
}

function pixelsOf(
  source: HTMLVideoElement | ImageBitmap,
  canvas: HTMLCanvasElement,
): ImageData | null {
  const [width, height] =
    source instanceof HTMLVideoElement
      ? [source.videoWidth, source.videoHeight]
      : [source.width, source.height];
  if (width === 0 || height === 0) return null;
  const share = Math.min(1, FRAME_MAX_PIXELS / Math.max(width, height));
  canvas.width = Math.round(width * share);
  canvas.height = Math.round(height * share);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
