import type { Signal } from '../../vendor/preact.js'
import type { Answered, Refused } from '../protocol.js'

/** How somebody is here: all three are equal, and can be changed at any time. */
export type Way = 'voice' | 'listen' | 'silent'

/** `off`: this server forwards no sound at all. */
export type ServerSound = 'unknown' | 'on' | 'off'

/**
 * The way to the server: `none` not wanted or not yet; `blocked` it never came through, as where a network lets no UDP
 * pass; `lost` it was there and is being made again.
 */
export type Link = 'none' | 'connecting' | 'on' | 'lost' | 'blocked'

/**
 * `open` only while what it hears really leaves this page; `held` open, but the device or the browser gives silence (a
 * phone call, a locked screen, a switch on the headset); `rests`: the bell rang, or a question is asked inside the turn:
 * nothing leaves this page, and it opens again with the turn.
 */
export type Mic = 'closed' | 'opening' | 'open' | 'held' | 'rests'

/** Why there is no microphone or no sound; each has one sentence, `sound-<trouble>`. */
export type Trouble = '' | 'denied' | 'no-microphone' | 'busy' | 'unplugged' | 'insecure' | 'unsupported' | 'no-speaker'

/** `id` is empty for the one that the system chooses. */
export interface Device {
  id: string
  label: string
}

/** What this page knows of its own sound. */
export interface Sound {
  server: Signal<ServerSound>
  /** Chosen in the device check; null before. */
  way: Signal<Way | null>
  link: Signal<Link>
  mic: Signal<Mic>
  trouble: Signal<Trouble>
  /** False while the browser wants a tap before it plays anything. */
  plays: Signal<boolean>
  /** How loud the own microphone is while it is tried out or open, 0 to 1. */
  loudness: Signal<number>
  /** The microphone is being tried out: nobody hears it. */
  trying: Signal<boolean>
  microphones: Signal<Device[]>
  /** Empty where the browser lets nobody choose. */
  speakers: Signal<Device[]>
  /** The chosen ones' ids; empty: the system's. */
  microphone: Signal<string>
  speaker: Signal<string>
  /** How loud those who are heard now speak, 1 to 4, as the server says; by seat, those who are silent left out. */
  levels: Signal<Record<string, number>>
}

/** A microphone that was taken. */
export interface Capture {
  /** As it comes from the device. */
  track: MediaStreamTrack
  /** What is to be sent, rising from silence where that is possible. */
  begin(): MediaStreamTrack
  /** Falls to silence. */
  fade(): Promise<void>
  /** Falls to silence within so many seconds; `begin` takes that back. */
  fall(within: number): void
  /** Lets the device go. */
  stop(): void
  /** What `begin` gave is silent although the device is not. */
  asleep(): boolean
}

/** One wish to be heard, from the tap to the end. */
export interface Wish {
  /** The turn is heard since then. */
  heard: boolean
  /** Whether the voice is on its way to the server. */
  sent: '' | 'soon' | 'yes'
  /** It is being faded out. */
  ending: boolean
  /** It falls, because the turn ends at its moment. */
  falls: boolean
  done(open: boolean): void
}

/** How an offer travels. Never rejects: `offline` and `slow` as for commands. */
export type Travel = (sdp: string) => Promise<Answered | Refused | { ok: false; code: 'offline' | 'slow' }>

/** Where a browser can send sound elsewhere than to the system's speaker. */
export interface Sink {
  setSinkId?(id: string): Promise<void>
}

export type Timer = ReturnType<typeof setTimeout> | undefined
