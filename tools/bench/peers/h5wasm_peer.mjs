// h5wasm: libhdf5 compiled to WebAssembly, in Node.
//   visit FILE | read FILE DATASET
import { pathToFileURL } from "node:url";
import zlib from "node:zlib";

const { default: h5wasm } = await import(pathToFileURL(process.env.H5WASM));
await h5wasm.ready;

let seconds = 0;
function timed(work) {
  const begin = performance.now();
  const out = work();
  seconds = (performance.now() - begin) / 1000;
  return out;
}

const facts = { objects: 0, attributes: 0, text_bytes: 0, number_sum: 0 };

function add(value) {
  if (typeof value === "string") facts.text_bytes += Buffer.byteLength(value);
  else if (typeof value === "number" || typeof value === "bigint") facts.number_sum += Number(value);
  else if (value && typeof value[Symbol.iterator] === "function") for (const each of value) add(each);
}

function walk(thing) {
  facts.objects += 1;
  for (const attribute of Object.values(thing.attrs)) {
    facts.attributes += 1;
    add(attribute.value);
  }
  if (thing.keys) for (const name of thing.keys()) walk(thing.get(name));
}

const jobs = {
  visit(file) {
    timed(() => walk(new h5wasm.File(file, "r")));
    return facts;
  },
  read(file, dataset) {
    const data = timed(() => new h5wasm.File(file, "r").get(dataset).value);
    return { bytes: data.byteLength, crc32: zlib.crc32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) };
  },
};

const [job, ...args] = process.argv.slice(2);
try {
  const found = jobs[job](...args);
  const memory = process.resourceUsage().maxRSS * 1024;
  console.log(JSON.stringify({ seconds, memory, facts: found }));
} catch (why) {
  console.log(JSON.stringify({ error: String(why).slice(0, 200) }));
  process.exit(1);
}
