// PouchDB's own replication between two processes over loopback: `serve` offers a database through
// express-pouchdb, `fetch` replicates it into a new one. `run` starts one of each.
//
// The server prints its port, and for each line `add N` on its standard input puts N more documents in.
// The client replicates once from nothing, then once more for each line it reads.

import { createHash } from 'node:crypto'
import { createInterface } from 'node:readline'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

// Installed elsewhere than this script lies.
const require = createRequire(join(process.env.AKEY_PEERS_NODE, 'package.json'))
const PouchDB = require('pouchdb')

const { values: asked } = parseArgs({
  args: process.argv.slice(3),
  options: Object.fromEntries(
    ['folder', 'records', 'bytes', 'batch', 'port'].map((name) => [name, { type: 'string' }])
  )
})
const records = Number(asked.records)
const bytes = Number(asked.bytes ?? 256)
const folder = asked.folder

// As `text_of` in morango_people: digits that compress to half, as text does.
function textOf (number) {
  let text = ''
  for (let block = 0; text.length < bytes; block += 1) {
    text += createHash('sha256').update(`${number} ${block}`).digest('hex')
  }
  return text.slice(0, bytes)
}

function documents (first, count) {
  return Array.from({ length: count }, (_, place) => {
    const number = first + place
    return { _id: `person-${String(number).padStart(8, '0')}`, text: textOf(number) }
  })
}

async function add (database, first, count) {
  for (let from = first; from < first + count; from += 5000) {
    await database.bulkDocs(documents(from, Math.min(5000, first + count - from)))
  }
}

async function serve () {
  const express = require('express')
  const Kept = PouchDB.defaults({ prefix: `${folder}/` })
  const database = new Kept('people')
  await add(database, 0, records)
  let there = records
  let wire = 0
  const app = express()
  app.use('/', require('express-pouchdb')(Kept, {
    mode: 'minimumForPouchDB',
    inMemoryConfig: true,
    logPath: join(folder, 'log.txt')
  }))
  const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port))
  server.on('connection', (socket) => {
    socket.on('close', () => { wire += socket.bytesRead + socket.bytesWritten })
  })
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'wire') {
      server.closeIdleConnections()
      await new Promise((resolve) => setTimeout(resolve, 200))
      console.log(wire)
      continue
    }
    const count = Number(line.split(' ')[1])
    await add(database, there, count)
    there += count
    console.log(there)
  }
  process.exit(0)
}

async function fetchAll () {
  const source = `http://127.0.0.1:${asked.port}/people`
  const target = new PouchDB(join(folder, 'target'))
  const pull = async () => {
    const begun = performance.now()
    await PouchDB.replicate(source, target, { batch_size: Number(asked.batch) })
    return performance.now() - begun
  }
  const spent = await pull()
  const there = (await target.info()).doc_count
  if (there !== records) throw new Error(`${there} of ${records} came`)
  console.log(JSON.stringify({ records: there, seconds: spent / 1000 }))
  for await (const line of createInterface({ input: process.stdin })) {
    const spentLater = await pull()
    const now = (await target.info()).doc_count
    if (now !== Number(line)) throw new Error(`${now} of ${line} came`)
    console.log(JSON.stringify({ later_ms: spentLater }))
  }
  process.exit(0)
}

await (process.argv[2] === 'serve' ? serve() : fetchAll())
