import { util, type DataType } from '@tensorflow/tfjs';

/** What is used here of the backend, most of which its types call private. */
export interface WebGPU {
  readonly device: GPUDevice;
  readonly tensorMap: { get(id: object): { values?: unknown; resource: GPUBuffer; dtype: DataType } };
  commandEncoder: GPUCommandEncoder;
  endComputePassEncoder(): void;
  ensureCommandEncoderReady(): void;
  submitQueue(): void;
  convertAndCacheOnCPU(id: object, values: object): void;
  readSync(id: object): unknown;
}

const [width, height] = [256, 64];

/**
 * tfjs makes three canvases for each synchronous read, and after some thousand reads the browser has lost its device.
 * Here small tensors are read in the same way, by canvases that stay.
 */
export function keepCanvases(backend: WebGPU): void {
  const original = backend.readSync.bind(backend);
  // A canvas is opaque or its colours are multiplied by alpha: bytes of colours come from one, those of alpha from another.
  const [colours, alphas] = (['opaque', 'premultiplied'] as const).map((alphaMode) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('webgpu') as GPUCanvasContext;
    context.configure({ device: backend.device, format: 'rgba8unorm', usage: GPUTextureUsage.COPY_DST, alphaMode });
    return { canvas, context };
  }) as [Shown, Shown];
  const host = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!host) throw new Error('there is no canvas to read by');

  const bytesBy = ({ canvas, context }: Shown, buffer: GPUBuffer): Uint8ClampedArray => {
    const pixels = buffer.size / 4;
    const rows = Math.floor(pixels / width);
    backend.ensureCommandEncoderReady();
    const copy = (row: number, size: { width: number; height: number }): void =>
      backend.commandEncoder.copyBufferToTexture(
        { buffer, offset: 4 * width * row, bytesPerRow: 4 * width },
        { texture: context.getCurrentTexture(), origin: [0, row] },
        size,
      );
    if (rows > 0) copy(0, { width, height: rows });
    if (pixels % width > 0) copy(rows, { width: pixels % width, height: 1 });
    backend.submitQueue();
    host.clearRect(0, 0, width, height);
    host.drawImage(canvas, 0, 0);
    return host.getImageData(0, 0, rows > 0 ? width : pixels, rows + 1).data;
  };

  backend.readSync = (id) => {
    const { values, resource, dtype } = backend.tensorMap.get(id);
    if (values || resource.size > 4 * width * (height - 1)) return original(id);
    backend.endComputePassEncoder();
    const [bytes, alpha] = [bytesBy(colours, resource), bytesBy(alphas, resource)];
    for (let i = 3; i < bytes.length; i += 4) bytes[i] = alpha[i] as number;
    const read = util.convertBackendValuesAndArrayBuffer(bytes.buffer.slice(0, resource.size) as ArrayBuffer, dtype);
    backend.convertAndCacheOnCPU(id, read);
    return read;
  };
}

interface Shown {
  readonly canvas: OffscreenCanvas;
  readonly context: GPUCanvasContext;
}
