import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ErrorState } from '../../components/ErrorState.tsx';
import { PageBody } from '../../components/PageBody.tsx';
import { SignInForm } from '../../features/shell/SignInForm.tsx';
import { safeNext } from '../../features/shell/safeNext.ts';
import { services } from '../../services/index.ts';

export const metadata: Metadata = { title: 'Sign in' };

const NOT_SET_UP = {
  code: 'not_configured',
  message:
    'People have to sign in here, but sign-in is not fully set up: set SUPABASE_URL and SUPABASE_PUBLISHABLE_KEY in the server’s environment and restart it.',
};

export default async function Page({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { isRequired, project } = services().sessions;
  const { next } = await searchParams;
  const target = safeNext(typeof next === 'string' ? next : null);
  if (!isRequired) redirect(target);
  return (
    <PageBody width="text" className="max-w-md!">
      <h1 className="text-3xl">Welcome back</h1>
      <p className="mt-1 mb-6 text-ink-soft">Sign in to make, watch and play stories.</p>
      {project ? <SignInForm settings={project} next={target} /> : <ErrorState error={NOT_SET_UP} />}
    </PageBody>
  );
}
