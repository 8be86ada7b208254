// Bundles the page's libraries into static/vendor/: one minified ES module each, with licences, versions and checksums
// beside them. Sources come from node_modules, which `npm ci` fills by the checksums in package-lock.json.
//
//   node scripts/vendor.mjs            write static/vendor/
//   node scripts/vendor.mjs --check    compare with what is there; exit 1 when it differs

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const target = join(root, 'static', 'vendor')

/** What each vendored module offers, and its types (read by `tsc` only, never by a browser). */
const modules = {
  preact: {
    entry: `
      import { h } from "preact";
      import htm from "htm";
      export { h, render, Fragment } from "preact";
      export { useState, useEffect, useLayoutEffect, useRef, useMemo, useCallback, useId, useErrorBoundary } from "preact/hooks";
      export { signal, computed, effect, batch, untracked, useSignal, useComputed, useSignalEffect } from "@preact/signals";
      export const html = htm.bind(h);`,
    types: `
      import type { VNode } from "preact";
      export { h, render, Fragment } from "preact";
      export type { ComponentChildren, RefObject, VNode } from "preact";
      export { useState, useEffect, useLayoutEffect, useRef, useMemo, useCallback, useId, useErrorBoundary } from "preact/hooks";
      export { signal, computed, effect, batch, untracked, useSignal, useComputed, useSignalEffect } from "@preact/signals";
      export type { Signal, ReadonlySignal } from "@preact/signals";
      export const html: (strings: TemplateStringsArray, ...values: unknown[]) => VNode;`,
  },
  fluent: {
    entry: `export { FluentBundle, FluentNumber, FluentResource } from "@fluent/bundle";`,
    types: `export { FluentBundle, FluentNumber, FluentResource } from "@fluent/bundle";`,
  },
  socket: {
    entry: `
      export { io } from "socket.io-client";
      export * as parser from "socket.io-msgpack-parser";`,
    types: `
      export { io } from "socket.io-client";
      export type { Socket } from "socket.io-client";
      export const parser: unknown;`,
  },
}

/**
 * What socket.io-client brings along and we never use: long polling and WebTransport (websocket only, by `transports`)
 * and its own text format (`parser` replaces it; only the packet types are shared). About a quarter of it.
 */
const unused = {
  name: 'unused',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    const empty = [
      [/engine\.io-client\/build\/esm\/transports\/polling-xhr\.js$/, 'export class XHR {}'],
      [/engine\.io-client\/build\/esm\/transports\/webtransport\.js$/, 'export class WT {}'],
      [
        /socket\.io-parser\/build\/esm\/index\.js$/,
        'export const PacketType = { CONNECT: 0, DISCONNECT: 1, EVENT: 2, ACK: 3, CONNECT_ERROR: 4, BINARY_EVENT: 5, BINARY_ACK: 6 }; export const protocol = 5',
      ],
    ]
    for (const [filter, contents] of empty) build.onLoad({ filter }, () => ({ contents, loader: 'js' }))
  },
}

/** @param {string} text */
const dedent = (text) => text.replace(/^\n/, '').replace(/^ {6}/gm, '')

/** @param {string} text */
const sha256 = (text) => createHash('sha256').update(text).digest('hex')

/** The packages whose files went into a bundle. @param {Record<string, unknown>} inputs */
function packagesOf(inputs) {
  const names = Object.keys(inputs).map((path) => path.match(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1])
  return [...new Set(names.filter((name) => name !== undefined))].sort()
}

/** @param {string} name */
const manifest = (name) => JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'))

/** The licence as the package ships it; packages without one are named with what their manifest says. @param {string} name */
function licence(name) {
  const folder = join(root, 'node_modules', name)
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  const { version, license, author } = manifest(name)
  const who = typeof author === 'string' ? author : author?.name
  const text = file
    ? readFileSync(join(folder, file), 'utf8').trim()
    : `Copyright ${who}. Licensed under ${license}; the text of that licence stands in this file.`
  return `${'='.repeat(100)}\n${name} ${version} (${license})\n${'='.repeat(100)}\n\n${text}\n`
}

/** @param {string} name @param {{entry: string, types: string}} module */
async function bundle(name, module) {
  const result = await build({
    stdin: { contents: dedent(module.entry), resolveDir: root, sourcefile: `${name}.js` },
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: ['es2022'],
    minify: true,
    legalComments: 'none',
    metafile: true,
    write: false,
    plugins: [unused],
  })
  const names = packagesOf(result.metafile.inputs)
  const packages = Object.fromEntries(names.map((each) => [each, manifest(each).version]))
  const label = Object.entries(packages)
    .map(([each, version]) => `${each} ${version}`)
    .join(', ')
  return { text: `/* ${label}. Licences: LICENSES.txt */\n${result.outputFiles[0].text}`, packages }
}

/** Every file of static/vendor/ with its text. */
async function contents() {
  /** @type {Record<string, string>} */
  const files = {}
  /** @type {Record<string, {sha256: string, packages: Record<string, string>}>} */
  const versions = {}
  for (const [name, module] of Object.entries(modules)) {
    const { text, packages } = await bundle(name, module)
    files[`${name}.js`] = text
    files[`${name}.d.ts`] = `// Types of ${name}.js, for tsc only.\n${dedent(module.types)}\n`
    versions[`${name}.js`] = { sha256: sha256(text), packages }
  }
  const names = [...new Set(Object.values(versions).flatMap((each) => Object.keys(each.packages)))].sort()
  files['LICENSES.txt'] = names.map(licence).join('\n')
  files['versions.json'] = `${JSON.stringify(versions, null, 2)}\n`
  return files
}

const files = await contents()
if (process.argv.includes('--check')) {
  const differs = Object.entries(files).filter(([name, text]) => {
    const path = join(target, name)
    return !existsSync(path) || readFileSync(path, 'utf8') !== text
  })
  if (differs.length) {
    console.error(`static/vendor/ is out of date: ${differs.map(([name]) => name).join(', ')}. Run: make vendor`)
    process.exit(1)
  }
} else {
  mkdirSync(target, { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(target, name), text)
    if (name.endsWith('.js')) console.log(`${name.padEnd(12)} ${gzipSync(text).length} bytes gzip`)
  }
}
