import assert from 'node:assert/strict'
import { mustRun } from '../../src/run-to-end.ts'
import { openCpuAccount } from '../../src/giant/cpu-account.ts'

const COMPUTE = "require('node:crypto').pbkdf2Sync('a', 'b', 400000, 32, 'sha256')"

describe('CPU account', () => {
  it('has the time of a process that left the tree', async function () {
    const account = openCpuAccount('test')
    // Where cgroups can't be made there is no such figure.
    if (!account) return this.skip()
    try {
      const before = account.read()
      const [file, ...args] = [...account.prefix, 'sh', '-c', '"$0" -e "$1" &', process.execPath, COMPUTE]
      // It holds the pipe that this waits for.
      await mustRun(file, args, { cwd: '/', env: process.env })
      const spent = account.read() - before
      assert.ok(spent > 0.05 && spent < 30, `${spent} s`)
    } finally {
      account.close()
    }
  })
})
