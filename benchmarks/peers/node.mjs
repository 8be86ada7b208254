// The same job in Node's own Socket.IO: whoever sends `command` has a patch delivered to everyone in the room.
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import parser from 'socket.io-msgpack-parser'

const web = createServer()
const io = new Server(web, { transports: ['websocket'], parser, perMessageDeflate: false, pingInterval: 5000, pingTimeout: 5000 })
let seq = 0

io.on('connection', (socket) => {
  socket.join('room')
  socket.emit('snapshot', { seq, now: 0, you: { seat: socket.id, role: 'participant', may: [] }, view: {} })
  socket.on('command', (command, ack) => {
    seq += 1
    const up = command.type === 'raise-hand'
    const patch = up
      ? { hands: { [`h${seq}`]: { seat: socket.id, kind: 'share', reason: 'first-come', since: 12.5 } }, queue: [`h${seq}`], queue_version: seq }
      : { hands: { [`h${seq - 1}`]: null }, queue: [], queue_version: seq }
    io.to('room').emit('patch', { seq, patch })
    ack({ ok: true, seq })
  })
})

web.listen(0, '127.0.0.1', () => console.log(web.address().port))
