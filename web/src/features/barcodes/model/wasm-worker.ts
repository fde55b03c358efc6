/// <reference lib="webworker" />
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

// The program comes from our own host: no other is asked for anything.
prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });

export interface ScanRequest {
  id: number;
  frame: ImageData;
}

export interface ScanAnswer {
  id: number;
  codes: string[];
  failed: boolean;
}

self.addEventListener('message', ({ data }: MessageEvent<ScanRequest>) => {
  void read(data).then((answer) => self.postMessage(answer));
});

async function read({ id, frame }: ScanRequest): Promise<ScanAnswer> {
  try {
    const found = await readBarcodes(frame, { tryHarder: true, maxNumberOfSymbols: 4 });
    return {
      id,
      codes: found.filter((one) => one.isValid).map((one) => one.text),
      failed: false,
    };
  } catch {
    return { id, codes: [], failed: true };
  }
}
