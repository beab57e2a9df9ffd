/** What v86 must be given alike when the image is made and when it is restored. */
export interface MachineShape {
  readonly wasm: Uint8Array<ArrayBuffer>;
  readonly bios: Uint8Array<ArrayBuffer>;
  readonly vgaBios: Uint8Array<ArrayBuffer>;
  readonly memoryBytes: number;
  readonly vgaMemoryBytes: number;
}

export const memoryBytes = 512 << 20;
export const vgaMemoryBytes = 2 << 20;
