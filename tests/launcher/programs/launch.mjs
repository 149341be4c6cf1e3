// Does what `launcher.cjs` does, in a checkout made by a test:  launch.mjs <root> <variables as JSON> <command…>
import { launch } from '../../../launcher/launch.mjs';

const [root = '', variables = '{}', ...args] = process.argv.slice(2);
// biome-ignore lint/style/noProcessEnv: this program stands in for the launcher's entry
process.exitCode = await launch(args, { root, env: { ...process.env, ...JSON.parse(variables) } });
