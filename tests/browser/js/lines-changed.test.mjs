// What is different between two texts, line by line.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changedLines } from '../../../static/js/lines-changed.js'

const kinds = (before, after) => changedLines(before, after).map(({ kind, lines }) => `${kind[0]}:${lines.join('|')}`)

test('the same words are the same, whatever is between the lines', () => {
  assert.deepEqual(kinds('a\n\n  b', 'a\nb\n'), ['s:a|b'])
  assert.deepEqual(kinds('', '  \n'), [])
})

test('a line that comes, goes, or is another one', () => {
  assert.deepEqual(kinds('a\nb', 'a\nx\nb'), ['s:a', 'a:x', 's:b'])
  assert.deepEqual(kinds('a\nx\nb', 'a\nb'), ['s:a', 'r:x', 's:b'])
  assert.deepEqual(kinds('a\nb\nc', 'a\nB\nc'), ['s:a', 'r:b', 'a:B', 's:c'])
  assert.deepEqual(kinds('', 'a\nb'), ['a:a|b'])
  assert.deepEqual(kinds('a\nb', ''), ['r:a|b'])
})

test('as much as can be stays where it is', () => {
  assert.deepEqual(kinds('a\nb\nc\nd', 'b\nx\nd\ne'), ['r:a', 's:b', 'r:c', 'a:x', 's:d', 'a:e'])
  assert.deepEqual(kinds('a\na', 'a'), ['s:a', 'r:a'])
})

test('what is put together again gives both texts', () => {
  const letters = [...'abcdabcd']
  let seed = 7
  const chance = (most) => (seed = (seed * 16807) % 2147483647) % most
  for (let round = 0; round < 300; round += 1) {
    const text = () => Array.from({ length: chance(9) }, () => letters[chance(letters.length)])
    const [before, after] = [text(), text()]
    const parts = changedLines(before.join('\n'), after.join('\n'))
    const without = (kind) => parts.filter((part) => part.kind !== kind).flatMap((part) => part.lines)
    assert.deepEqual([without('added'), without('removed')], [before, after])
  }
})

test('very long texts that have nothing in common are not compared line by line', () => {
  const many = (word) => Array.from({ length: 1100 }, (_, n) => `${word} ${n}`).join('\n')
  assert.deepEqual(
    changedLines(`a\n${many('old')}\nz`, `a\n${many('new')}\nz`).map(({ kind, lines }) => [kind, lines.length]),
    [['same', 1], ['removed', 1100], ['added', 1100], ['same', 1]],
  )
})
