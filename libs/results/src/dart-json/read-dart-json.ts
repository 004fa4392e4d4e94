import type { FormatReader } from '../format-reader.ts'
import { readJsonLines } from '../json/read-json-lines.ts'
import { DartEvents } from './dart-events.ts'

/**
 * The JSON reporter of Dart and `flutter test --machine`
 * (https://github.com/dart-lang/test/blob/master/pkgs/test/doc/json_reporter.md). Lines of Flutter's daemon,
 * which are arrays, are passed over.
 */
export const readDartJson: FormatReader = async (context) => {
  const events = new DartEvents(context.cases, context.base)
  const { whole, lines } = await readJsonLines(context, (event) => events.event(event))
  const { cases, warnings } = context
  if (!events.sawAny) {
    warnings.add('holds no events of a Dart test runner')
    return { complete: false }
  }
  events.end()
  if (events.done) return { complete: whole }
  warnings.add(`ends before the run does; the ${cases.length} finished test cases are kept`, { line: lines })
  return { complete: false }
}
