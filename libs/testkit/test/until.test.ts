import assert from 'node:assert/strict'
import { until } from '@muster/testkit'

describe('until', () => {
  it('resolves to the first truthy value', async () => {
    let calls = 0
    assert.equal(await until(() => (++calls === 3 ? 'there' : ''), { what: 'the third call' }), 'there')
    assert.equal(calls, 3)
  })

  it('looks once even when there is no time', async () => {
    assert.equal(await until(() => 1, { what: 'it', timeoutMs: 0 }), 1)
  })

  it('says what it waited for and what went wrong last', async () => {
    const failing = until(() => Promise.reject(new Error('no such file')), {
      what: 'the journal',
      timeoutMs: 1,
    })
    await assert.rejects(failing, (error: Error) => {
      assert.match(error.message, /in vain for the journal/)
      assert.match(String(error.cause), /no such file/)
      return true
    })
  })
})
