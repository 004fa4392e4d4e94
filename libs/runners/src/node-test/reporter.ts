import { connectFeed } from '../tool/connect-feed.ts'
import { EventFold } from './event-fold.ts'
import type { ReporterInput } from '../tool/reporter-input.ts'
import type { TestEvent } from './test-event.ts'

/** A reporter of `node --test` that prints nothing: it tells Muster. Node wants a generator. */
export default async function* reporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const feed = connectFeed<ReporterInput>()
  if (!feed) return
  const fold = new EventFold(feed.told, feed.emit)
  for await (const event of events) {
    fold.accept(event)
    yield ''
  }
  fold.end()
}
