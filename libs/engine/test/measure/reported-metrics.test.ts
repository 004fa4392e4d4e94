import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { reportedMetrics } from '../../src/measure/reported-metrics.ts'

const line = (fields: object): string => JSON.stringify(fields)

describe('metrics that a suite reports', () => {
  it('puts values of one name together as samples, with their median', () => {
    const text = [5, 1, 3].map((value) => line({ name: 'rows', value, unit: 'rows/s', better: 'higher' }))
    assert.deepEqual(reportedMetrics(text.join('\n')), {
      metrics: { rows: { value: 3, unit: 'rows/s', better: 'higher', samples: [5, 1, 3] } },
      problems: [],
    })
    const great = [1e308, 1.2e308].map((value) => line({ name: 'x', value })).join('\n')
    assert.equal(reportedMetrics(great).metrics['x']?.value, 1.1e308)
  })

  it('says of each line that it cannot use what is wrong, and keeps the others', () => {
    const { metrics, problems } = reportedMetrics(
      [
        'nonsense',
        '[1]',
        line({ value: 1 }),
        line({ name: 'a', value: '1' }),
        '{"name": "a", "value": 1e999}',
        line({ name: 'a', value: 1, better: 'faster' }),
        line({ name: 'a', value: 1, unit: 'ms' }),
        line({ name: 'a', value: 2, unit: 's' }),
        '',
      ].join('\n'),
    )
    assert.deepEqual(metrics, { a: { value: 1, unit: 'ms', better: 'lower', samples: [1] } })
    assert.deepEqual(
      problems.map((each) => each.replace(' of $MUSTER_METRICS', '')),
      [
        'line 1: it is not a JSON object',
        'line 2: "name" is missing',
        'line 3: "name" is missing',
        'line 4: "value" of "a" is not a number',
        'line 5: "value" of "a" is not a number',
        'line 6: "better" of "a" is neither "lower" nor "higher"',
        'line 8: "a" is in s here and was in ms before',
      ],
    )
  })

  it('takes any text without failing, and keeps no more than it may', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.json(), fc.string()), { maxLength: 30 }), (lines) => {
        const { metrics, problems } = reportedMetrics(lines.join('\n'))
        assert.ok(Object.keys(metrics).length + problems.length <= lines.join('\n').split('\n').length)
      }),
    )
    const many = Array.from({ length: 500 }, (_, value) => line({ name: 'x', value })).join('\n')
    assert.equal(reportedMetrics(many).metrics['x']?.samples?.length, 200)
    const names = Array.from({ length: 1002 }, (_, value) => line({ name: `m${value}`, value })).join('\n')
    const { metrics, problems } = reportedMetrics(names)
    assert.equal(Object.keys(metrics).length, 1000)
    assert.deepEqual(problems, ['$MUSTER_METRICS has more than 1000 names; 2 lines with others are left out'])
  })
})
