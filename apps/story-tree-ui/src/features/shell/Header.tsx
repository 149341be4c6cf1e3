import Link from 'next/link';
import { TasksButton } from '../tasks/TasksButton.tsx';
import { Mark } from './Mark.tsx';
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
