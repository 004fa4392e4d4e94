/** What distinguishes machines, as `node:os` and `process` tell it. */
interface MachineFacts {
  readonly platform: string
  readonly arch: string
  /** As the system writes it: `Intel(R) Xeon(R) CPU @ 2.20GHz`. */
  readonly cpuModel: string
  readonly cores: number
  readonly memoryBytes: number
}

const GIB = 2 ** 30

/** Marketing, clock rates and core counts, which the same model is sold with in many spellings. */
const NOISE = /\((?:r|tm)\)|@.*$|\bcpu\b|\bprocessor\b|\b\d+-core\b|\bvirtual\b/gi

/**
 * A name for machines on which a suite takes about as long: `linux-x64 amd-epyc 2c 8g`. The memory is rounded to a power
 * of two GiB, because firmware and containers take different slices of it.
 */
export function machineClass({ platform, arch, cpuModel, cores, memoryBytes }: MachineFacts): string {
  const model = cpuModel
    .replaceAll(NOISE, ' ')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  const gib = 2 ** Math.max(0, Math.round(Math.log2(Math.max(memoryBytes, 1) / GIB)))
  return `${platform}-${arch} ${model === '' ? 'unknown' : model} ${cores}c ${gib}g`
}
