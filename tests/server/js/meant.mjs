// Tells, for pairs of scripts on stdin, which of them do not mean the same: printed again without comments, they differ.
import ts from 'typescript'

const chunks = []
for await (const chunk of process.stdin) chunks.push(chunk)
const printer = ts.createPrinter({ removeComments: true })

/** @param {string} text */
function meaning(text) {
  const source = ts.createSourceFile('one.js', text, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS)
  if (source.parseDiagnostics.length > 0) throw new Error(source.parseDiagnostics[0].messageText.toString())
  return printer.printFile(source)
}

const pairs = JSON.parse(Buffer.concat(chunks).toString())
const differ = pairs.filter(([, one, other]) => meaning(one) !== meaning(other)).map(([name]) => name)
console.log(JSON.stringify({ seen: pairs.length, differ }))
