import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Toaster } from '../components/Toaster.tsx';
import { DemoBanner } from '../features/shell/DemoBanner.tsx';
import { Header } from '../features/shell/Header.tsx';
import { OfflineNotice } from '../features/shell/OfflineNotice.tsx';
import { Providers } from '../features/shell/Providers.tsx';
import { readPageSettings } from '../features/shell/pageSettings.ts';
import { DEMO_BANNER_COOKIE, readTheme, THEME_COOKIE, VIEWER_BANNER_COOKIE } from '../features/shell/preferences.ts';
import { ViewerBanner } from '../features/shell/ViewerBanner.tsx';
import { WorkerNotice } from '../features/story-tasks/WorkerNotice.tsx';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Story Tree', template: '%s · Story Tree' },
  description: 'Turns a prompt into an illustrated, voiced, branching story.',
  applicationName: 'Story Tree',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f5efe3' },
    { media: '(prefers-color-scheme: dark)', color: '#181512' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const theme = readTheme(jar.get(THEME_COOKIE)?.value);
  const settings = await readPageSettings();
  return (
    <html lang="en" {...(theme === 'system' ? {} : { 'data-theme': theme })}>
      <body>
        <Providers settings={settings}>
          {/* A stacking order of its own: windows in portals are always above the page. */}
          <div className="isolate flex min-h-dvh flex-col">
            <a
              href="#main"
              className="sr-only z-50 rounded-control bg-accent-fill px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:start-3 focus:top-3"
            >
              Skip to the content
            </a>
            <Header settings={settings} theme={theme} />
            {!settings.isStranger && (
              <>
                <OfflineNotice />
                {settings.viewerId !== null && !jar.has(VIEWER_BANNER_COOKIE) && (
                  <ViewerBanner id={settings.viewerId} />
                )}
                {!jar.has(DEMO_BANNER_COOKIE) && <DemoBanner />}
                <WorkerNotice />
              </>
            )}
            <main id="main" tabIndex={-1} className="flex flex-1 flex-col outline-none">
              {children}
            </main>
          </div>
          <Toaster />
        </Providers>
      </body>
    </html>
  );
}
