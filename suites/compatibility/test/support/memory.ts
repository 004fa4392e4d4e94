import { readdirSync, readFileSync } from 'node:fs'

const read = (pid: number | string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

/** Highest resident memory of a process so far in MB (VmHWM, proc(5)); 0 when it is gone. */
export const peakMb = (pid: number | string): number => {
  const [, kb = '0'] = /^VmHWM:\s+(\d+) kB/m.exec(read(pid, 'status')) ?? []
  return Number(kb) / 1024
}

const hosts = (): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => read(pid, 'stat').split(') ')[1]?.split(' ')[1] === String(process.pid))
    .filter((pid) => /[\\/]host[\\/]main\.js/.test(read(pid, 'cmdline')))

/** Watches the host processes while something runs. @returns the highest peak of any of them in MB */
export async function hostsPeakMb(act: () => Promise<void>): Promise<number> {
  let peak = 0
  const look = (): void => {
    for (const pid of hosts()) peak = Math.max(peak, peakMb(pid))
  }
  const timer = setInterval(look, 100)
  try {
    await act()
    look()
  } finally {
    clearInterval(timer)
  }
  return peak
}
