import '../runtime/telemetry-off.ts';
import { readPack } from '../pack/pack-folder.ts';
import { probeProvider } from './probe.ts';

/** Child process: `node probe-child.ts PACK_FOLDER PROVIDER` writes one ProbeAnswer to its standard output. */
const [folder = '', provider = 'cpu'] = process.argv.slice(2);
const answer = await probeProvider(await readPack(folder), provider);
process.stdout.write(`${JSON.stringify(answer)}\n`);
