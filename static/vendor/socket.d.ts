// Types of socket.js, for tsc only.
export { io } from "socket.io-client";
export type { Socket } from "socket.io-client";
export const parser: unknown;
