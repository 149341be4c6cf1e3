/** Usage: node clusterChild.ts <home>. Prints the cluster as JSON once connected, and stays connected until killed. */
import { ensureCluster, openDatabase } from '@story-tree/supabase';

const [home = ''] = process.argv.slice(2);
const log = () => undefined;
const cluster = await ensureCluster({ home, log });
await openDatabase({ home, log });
process.stdout.write(JSON.stringify(cluster));
