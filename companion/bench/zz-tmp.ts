import { listPacks } from '@touchstone/models'; import { throughput } from './throughput.ts';
const { packs } = await listPacks(['/work/main/models/packs']);
for (const m of await throughput(packs.get('quick')!, { rounds: 5, seconds: 6 })) console.log(m.name, m.value, m.floor, m.ratio, 'spread', m.spread);
