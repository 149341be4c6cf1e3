import Link from 'next/link';
import { TasksButton } from '../story-tasks/TasksButton.tsx';
import type { PageSettings } from './pageSettings.ts';
import type { Theme } from './preferences.ts';
import { SignOut } from './SignOut.tsx';
import { ThemeToggle } from './ThemeToggle.tsx';

export function Header({ settings, theme }: { settings: PageSettings; theme: Theme }) {
  return (
    <header className="sticky top-0 z-20 border-line border-b bg-paper/92 backdrop-blur-sm">
      <div className="mx-auto flex h-(--header-height) max-w-6xl items-center gap-1 px-4 sm:px-6">
        <Link href="/story" className="me-auto flex items-center gap-2.5 rounded-control py-1 pe-2">
          <Mark />
          <span className="font-display font-semibold text-lg tracking-tight">Story Tree</span>
        </Link>
        {!settings.isStranger && <TasksButton />}
        <ThemeToggle initial={theme} />
        {!settings.isStranger && settings.supabase && (
          <SignOut settings={settings.supabase} email={settings.email ?? ''} />
        )}
      </div>
    </header>
  );
}

/** The logo of Story Tree: one stem, two branches, leaves at their ends. */
function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true" className="text-accent">
      <path
        d="M16 29V18M16 18C16 12.5 9 13.5 8.5 8M16 18c0-5.5 7-4.5 7.5-10"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
      <circle cx="8.5" cy="6" r="3.6" fill="currentColor" />
      <circle cx="23.5" cy="6" r="3.6" stroke="currentColor" strokeWidth="2.2" />
    </svg>
  );
}
