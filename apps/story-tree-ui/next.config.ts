import path from 'node:path';
import process from 'node:process';
import type { NextConfig } from 'next';

const config: NextConfig = {
  // biome-ignore lint/style/noProcessEnv: the edge of the build
  distDir: process.env.STORY_TREE_DIST ?? '.next',
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

export default config;
