import assert from 'node:assert/strict'
import { askRunners } from '../../src/generators/init/ask-runners.ts'
import type { Choice } from '../../src/generators/init/choose-runners.ts'

const OFFERED = ['mocha', 'vitest', 'jest']
const OPEN = { convert: false, coverage: false }

/** What is chosen by these answers, and the questions that were asked. */
async function choose(
  answers: readonly string[],
  settled = OPEN,
): Promise<{ choice: Choice; asked: readonly string[] }> {
  const asked: string[] = []
  const choice = await askRunners(OFFERED, settled, (question) => {
    asked.push(question)
    const answer = answers[asked.length - 1]
    return answer === undefined ? assert.fail(`asked too much: ${question}`) : Promise.resolve(answer)
  })
  assert.equal(asked.length, answers.length)
  return { choice, asked }
}

describe('askRunners', () => {
  it('takes all for Enter, and leaves the rest alone unless somebody says yes', async () => {
    assert.deepEqual((await choose(['', '', ''])).choice, { runners: OFFERED, ...OPEN })
    assert.deepEqual((await choose(['', 'y', 'YES'])).choice, {
      runners: OFFERED,
      convert: true,
      coverage: true,
    })
  })

  it('asks nothing more after "none", and nothing that the command line has said', async () => {
    assert.deepEqual((await choose(['none'])).choice, { runners: [], ...OPEN })
    const settled = { convert: true, coverage: true }
    assert.deepEqual((await choose(['jest vitest'], settled)).choice, {
      runners: ['vitest', 'jest'],
      ...settled,
    })
  })

  it('asks again after a slip, and says which name it was', async () => {
    const { choice, asked } = await choose([' vitset, jest ', 'jest', 'n', 'n'])
    assert.deepEqual(choice.runners, ['jest'])
    assert.match(asked[1] ?? '', /no runner vitset, expected some of mocha, /)
  })
})
