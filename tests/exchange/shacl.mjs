// Validates what Greenbank publishes with foreign parsers and the SHACL shapes of DCAT-AP 2.1.1.
//   node shacl.mjs [--shapes FOLDER] [FILE.ttl | FILE.jsonld | FILE.rdf]...
// Without a file: the sample that src/rdf/dcat_test.cpp holds equal to our writer. Several files must say the same.
// Mandatory, recommended, range and deprecated shapes allow no result of any severity. The vocabulary shapes allow warnings only: they
// want a publisher from the EU's own list of corporate bodies. Without the shapes (../shared/data) it only parses, and says so.
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { JsonLdParser } from 'jsonld-streaming-parser'
import { Parser, Store } from 'n3'
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import Validator from 'rdf-validate-shacl'

const here = dirname(fileURLToPath(import.meta.url))
const strict = ['shapes', 'shapes_recommended', 'range', 'deprecateduris'].map((name) => `dcat-ap_2.1.1_shacl_${name}.ttl`)
const vocabularies = 'dcat-ap_2.1.1_shacl_mdr-vocabularies.shape.ttl'

const turtle = (path) => new Store(new Parser().parse(readFileSync(path, 'utf8')))

function streamed(path, parser) {
    return new Promise((resolve, reject) => {
        const store = new Store()
        createReadStream(path).on('error', reject).pipe(parser).on('data', (quad) => store.addQuad(quad)).on('error', reject).on('end', () => resolve(store))
    })
}

async function load(path) {
    const ending = extname(path)
    if (ending === '.jsonld' || ending === '.json') return streamed(path, new JsonLdParser())
    if (ending === '.rdf' || ending === '.xml') return streamed(path, new RdfXmlParser())
    return turtle(path)
}

// One line a statement, labels of blank nodes left out: enough to see a difference, whoever gave the labels.
function lines(store) {
    const text = (term) => (term.termType === 'BlankNode' ? '_:' : JSON.stringify([term.termType, term.value, term.language?.toLowerCase(), term.datatype?.value]))
    return [...store].map((quad) => [quad.subject, quad.predicate, quad.object].map(text).join(' ')).sort()
}

async function results(shapes, data) {
    const report = await new Validator(turtle(shapes)).validate(data)
    return report.results.map((result) => ({
        severity: result.severity.value.split('#')[1],
        text: `${result.focusNode?.value} ${result.path?.value ?? ''} ${result.value?.value ?? ''} ${result.message.map((m) => m.value).join(' ')}`,
    }))
}

const files = process.argv.slice(2)
let folder = join(here, '../../../shared/data/search/dcat-ap')
if (files[0] === '--shapes') [, folder] = files.splice(0, 2)
if (files.length === 0) files.push(join(here, 'catalogue.ttl'))

let faults = 0
const fault = (text) => {
    faults += 1
    console.error(text)
}

const data = await load(files[0])
console.log(`${files[0]}: ${data.size} statements`)
if (data.size === 0) fault('nothing is in it')
for (const file of files.slice(1)) {
    const other = lines(await load(file))
    const first = lines(data)
    const differing = [...first.filter((line) => !other.includes(line)), ...other.filter((line) => !first.includes(line))]
    console.log(`${file}: ${other.length} statements, ${differing.length} differ from ${files[0]}`)
    if (other.length !== first.length || differing.length > 0) fault(`${file} says something else: ${differing.slice(0, 3).join('; ')}`)
}

if (!existsSync(join(folder, strict[0]))) {
    console.log(`the shapes are not in ${folder}: validation skipped`)
} else {
    for (const name of strict) {
        const found = await results(join(folder, name), data)
        console.log(`${name}: ${found.length} results`)
        for (const one of found.slice(0, 20)) fault(`  ${one.severity}: ${one.text}`)
    }
    const found = await results(join(folder, vocabularies), data)
    const violations = found.filter((one) => one.severity === 'Violation')
    console.log(`${vocabularies}: ${violations.length} violations, ${found.length - violations.length} warnings`)
    for (const one of found) (one.severity === 'Violation' ? fault : console.log)(`  ${one.severity}: ${one.text}`)
}
process.exit(faults === 0 ? 0 : 1)
