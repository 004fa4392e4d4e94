import assert from 'node:assert/strict'
import { machineClass } from '../src/machine/machine-class.ts'

const GIB = 2 ** 30

describe('machine class', () => {
  const facts = { platform: 'linux', arch: 'x64', cpuModel: 'AMD EPYC', cores: 2, memoryBytes: 8 * GIB }

  it('names what decides how fast a machine is', () => {
    assert.equal(machineClass(facts), 'linux-x64 amd-epyc 2c 8g')
    assert.equal(
      machineClass({ ...facts, cpuModel: 'Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz', cores: 4 }),
      'linux-x64 intel-xeon-platinum-8370c 4c 8g',
    )
    assert.equal(
      machineClass({ ...facts, cpuModel: 'AMD Ryzen 9 5950X 16-Core Processor' }),
      'linux-x64 amd-ryzen-9-5950x 2c 8g',
    )
    assert.equal(machineClass({ ...facts, cpuModel: '', memoryBytes: 0 }), 'linux-x64 unknown 2c 1g')
  })

  it('is the same whatever slice of the memory the firmware took', () => {
    for (const share of [0.9, 0.95, 1]) {
      assert.equal(machineClass({ ...facts, memoryBytes: share * 16 * GIB }), 'linux-x64 amd-epyc 2c 16g')
    }
  })
})
