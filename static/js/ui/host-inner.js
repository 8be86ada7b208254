/** What a host comes to from the board: the page that makes a room, and a room's own. */

export { NewRoom } from './host-form.js'
export { RoomPage } from './host-room.js'
