// The child's side of Steering (src/steering.ts): announces itself on a socket and obeys.
// Plain JavaScript, because it runs in processes that know nothing of this repository.
import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/**
 * Announces this process under `name` and obeys until told to go on. Resolves to the value that
 * the steering side passed along; a lost connection ends the process, so that no test leaves it behind.
 */
export async function awaitOrders(socketPath, name) {
  const socket = connect(socketPath)
  socket.on('error', () => process.exit(86))
  socket.write(
    `${JSON.stringify({ name, pid: process.pid, ppid: process.ppid, cwd: process.cwd(), argv: process.argv.slice(2), env: process.env })}\n`,
  )
  try {
    for await (const line of createInterface({ input: socket })) {
      const order = JSON.parse(line)
      if (order.type === 'go-on') return order.value
      obey(order)
      socket.write(`${JSON.stringify({ done: order.type })}\n`)
    }
  } finally {
    socket.destroy()
  }
  process.exit(86)
}

function obey(order) {
  if (order.type === 'write') process[order.stream].write(order.text)
  else if (order.type === 'ignore-signal') process.on(order.signal, () => undefined)
  else if (order.type === 'spawn') {
    const args = [fileURLToPath(import.meta.url), order.socketPath, order.name]
    spawn(process.execPath, args, { detached: order.detached, stdio: 'inherit' }).unref()
  } else if (order.type === 'exit') process.exit(order.code)
  else throw new Error(`unknown order ${order.type}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [socketPath, name] = process.argv.slice(2)
  await awaitOrders(socketPath, name)
}
