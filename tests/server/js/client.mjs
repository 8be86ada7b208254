// The browser's own client library, driven from a test: one JSON object per line in, one per line out.
//   {"do": "connect", "line": "a", "url": ..., "auth": {...}, "origin": ...}
//   {"do": "emit", "line": "a", "event": "command", "args": [...], "ack": true, "tag": 1}
//   {"do": "disconnect", "line": "a"}
// Everything that the client reports comes back as {"line", "on", ...}.
import { createInterface } from 'node:readline';
import { io } from 'socket.io-client';
import parser from 'socket.io-msgpack-parser';

const lines = new Map();
const say = (line, on, more = {}) => process.stdout.write(JSON.stringify({ line, on, ...more }) + '\n');

function connect({ line, url, auth, origin, transports = ['websocket'], namespace = '' }) {
  const socket = io(url + namespace, {
    parser,
    auth,
    transports,
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 50,
    extraHeaders: { origin },
  });
  lines.set(line, socket);
  socket.on('connect', () => say(line, 'connect', { id: socket.id }));
  socket.on('connect_error', (error) => say(line, 'connect_error', { message: error.message, data: error.data ?? null, active: socket.active }));
  socket.on('disconnect', (reason) => say(line, 'disconnect', { reason, active: socket.active }));
  socket.onAny((event, ...args) => say(line, 'event', { event, args }));
}

function emit({ line, event, args = [], ack = false, tag }) {
  const answered = ack ? [(...answer) => say(line, 'ack', { tag, answer })] : [];
  lines.get(line).emit(event, ...args, ...answered);
}

const orders = {
  connect,
  emit,
  disconnect: ({ line }) => lines.get(line).disconnect(),
};

createInterface({ input: process.stdin })
  .on('line', (text) => {
    const order = JSON.parse(text);
    orders[order.do](order);
  })
  .on('close', () => process.exit(0));
