// Reads every page in a folder with wtf_wikipedia and with infobox-parser, again and again for some
// seconds, and prints for each: name, pages a second, bytes a second.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [, , modules, folder, seconds] = process.argv
const require = createRequire(join(modules, 'package.json'))
const wtf = require('wtf_wikipedia')
const infobox = require('infobox-parser')
const parse = infobox.default || infobox
const pages = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
const bytes = pages.reduce((sum, page) => sum + Buffer.byteLength(page), 0)

function measure(name, read) {
  for (const page of pages) try { read(page) } catch { /* a page that a peer cannot read counts as read */ }
  const start = process.hrtime.bigint()
  let rounds = 0
  let took = 0
  do {
    for (const page of pages) try { read(page) } catch { /* as above */ }
    rounds++
    took = Number(process.hrtime.bigint() - start) / 1e9
  } while (took < Number(seconds))
  console.log([name, (rounds * pages.length) / took, (rounds * bytes) / took].join('\t'))
}

measure('wtf_wikipedia', (page) => wtf(page).infoboxes().map((box) => box.json()))
measure('infobox-parser', (page) => parse(page))
