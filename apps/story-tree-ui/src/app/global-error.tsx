'use client';

import './globals.css';

/** Shown when not even the frame around the pages could be rendered. It depends on nothing but the stylesheet. */
export default function GlobalError({ retry }: { retry(): void }) {
  return (
    <html lang="en">
      <body className="grid place-items-center p-6">
        <title>Story Tree</title>
        <main className="max-w-md text-center">
          <h1 className="text-3xl">Story Tree ran into a problem</h1>
          <p className="mt-3 text-ink-soft">
            The page could not be shown. Your stories are safe, and running tasks continue. Try again; if it happens
            again, look at the server’s log.
          </p>
          <button
            type="button"
            onClick={retry}
            className="mt-6 h-10 rounded-control bg-accent-fill px-5 font-medium text-on-accent text-sm"
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
