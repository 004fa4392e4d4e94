import { el } from './dom.js'
import { dateTime } from './format.js'

/** Fills in what the template can't know: the reader's time zone, and the widths of the bar. @param {import('./model.js').ReportData} data */
export function renderHeader(data) {
  for (const time of document.querySelectorAll('time')) {
    time.title = time.dateTime
    time.textContent = dateTime(Date.parse(time.dateTime))
  }
  const { totals } = data.run
  const share = document.querySelector('.share')
  if (!share || totals.tests === 0) return
  const { failed, quarantined, skipped, passed } = totals
  const parts = { failed: failed - quarantined, quarantined, skipped, passed }
  for (const [status, count] of Object.entries(parts)) {
    if (count <= 0) continue
    const part = el('span', { class: status })
    part.style.flexGrow = String(count)
    share.append(part)
  }
}
