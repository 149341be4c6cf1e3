import { realpathSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { NextConfig } from 'next';
import { PHASE_PRODUCTION_SERVER } from 'next/constants.js';

// biome-ignore lint/style/noProcessEnv: the edge of the build
const DIST = process.env.STORY_TREE_DIST ?? '.next';

const config: NextConfig = {
  // Each build has a folder of its own, which a cache would only fill.
  experimental: { turbopackFileSystemCacheForBuild: false },
  turbopack: { root: path.resolve(import.meta.dirname, '../..') },
  poweredByHeader: false,
  // Its pictures would be cached for everybody, whoever was allowed to see them; the app has its own thumbnails.
  images: { unoptimized: true },
  // `npm run check` looks at the types; who only wants to start the app need not wait for that.
  typescript: { ignoreBuildErrors: true },
  // A file below `public/` that appears after the start gives 404 and one that goes gives 500; the route knows better.
  async rewrites() {
    return {
      beforeFiles: [
        { source: '/generated/:path*', destination: '/api/generated/:path*' },
        { source: '/metrics/:path*', destination: '/api/metrics/:path*' },
      ],
      afterFiles: [],
      fallback: [],
    };
  },
};

export default function configFor(phase: string): NextConfig {
  return { ...config, distDir: phase === PHASE_PRODUCTION_SERVER ? newestBuild() : DIST };
}

/** A running app stays with the build that it began with, wherever the link points later. */
function newestBuild(): string {
  const app = realpathSync(import.meta.dirname);
  return path.relative(app, realpathSync(path.join(app, DIST)));
}
