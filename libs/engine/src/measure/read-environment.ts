import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'

/** What this machine is right now, for people who wonder about a number. What can't be found out is left out. */
export function readEnvironment(): Readonly<Record<string, string | number | boolean>> {
  const governor = firstLine('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor')
  const name = systemName()
  return {
    cpu: cpus()[0]?.model.trim() || 'unknown',
    cores: availableParallelism(),
    ...(governor !== undefined && { governor }),
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    os: name ?? type(),
    kernel: release(),
    arch: process.arch,
    runtime: `node ${process.versions.node}`,
    container: isContainer(),
    load: Number((loadavg()[0] ?? 0).toFixed(2)),
  }
}

/** `Debian GNU/Linux 12 (bookworm)`, from os-release(5). */
function systemName(): string | undefined {
  const text = read('/etc/os-release')
  return /^PRETTY_NAME="?([^"\n]+)/m.exec(text ?? '')?.[1]
}

/** As far as a container shows: docker and podman leave a file, kubernetes and systemd name the cgroup. */
const isContainer = (): boolean =>
  existsSync('/.dockerenv') ||
  existsSync('/run/.containerenv') ||
  /docker|kubepods|containerd|lxc/.test(read('/proc/1/cgroup') ?? '')

const firstLine = (file: string): string | undefined => read(file)?.split('\n', 1)[0]

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
