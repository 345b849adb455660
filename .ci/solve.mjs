// `npm run solve -- FILE… [--json]`: solves published problems (OR-Library cap*, pmed*, gap*) and says how the answer is proved.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const USAGE = `usage: npm run solve -- FILE… [--kind cap|pmed|gap] [--max | --min] [--capacity N] [--limit SECONDS] [--json]
FILE       capacitated warehouse location (cap*), p-median (pmed*) or generalized assignment (gap*) of the OR-Library
--max      generalized assignment: costs are profits (the default for gap1 to gap12); --min for costs
--capacity what the word "capacity" in capa, capb and capc stands for
--limit    for each problem, 600 if left out
exit code  0 all proven, 1 not all, 2 a file or an option that cannot be read`;

function refuse(why) {
  console.error(why ? `${why}\n${USAGE}` : USAGE);
  process.exit(2);
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kind: { type: 'string' },
      max: { type: 'boolean' },
      min: { type: 'boolean' },
      capacity: { type: 'string' },
      limit: { type: 'string', default: '600' },
      json: { type: 'boolean', default: false },
    },
  });
  if (positionals.length === 0) refuse();
  if (values.kind && !['cap', 'pmed', 'gap'].includes(values.kind)) refuse(`unknown kind: ${values.kind}`);
  if (values.max && values.min) refuse('--max or --min, not both');
  const positive = (name) => {
    const value = Number(values[name]);
    if (!(value > 0 && value <= 1e12)) refuse(`--${name} must be a number above 0`);
    return value;
  };
  return {
    // npm runs scripts in the package's folder; paths are meant from where the caller stands.
    files: positionals.map((file) => resolve(process.env.INIT_CWD ?? process.cwd(), file)),
    options: {
      kind: values.kind,
      sense: values.max ? 'max' : values.min ? 'min' : undefined,
      capacity: values.capacity === undefined ? undefined : positive('capacity'),
      limitSeconds: positive('limit'),
      json: values.json,
    },
  };
}

let asked;
try {
  asked = readArguments();
} catch (error) {
  refuse(error.message);
}
const { build, install, root } = await import('./prepare.mjs');
process.chdir(root);
// Standard output is the answer's alone.
const log = console.log;
console.log = console.error;
install();
build();
console.log = log;
const { solveFiles } = await import('../dist/suggestions/solve/command.js');
process.exitCode = await solveFiles(asked.files, asked.options);
