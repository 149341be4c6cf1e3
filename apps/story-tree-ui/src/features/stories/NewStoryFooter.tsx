import { Button, Kbd } from '../../components/index.ts';

export function FormFooter({ formId, isSending, onCancel }: { formId: string; isSending: boolean; onCancel(): void }) {
  return (
    <>
      <span className="me-auto hidden items-center gap-1 text-ink-faint text-xs sm:flex" aria-hidden="true">
        <Kbd>{isApple() ? '⌘' : 'Ctrl'}</Kbd> <Kbd>Enter</Kbd> begins
      </span>
      <Button variant="ghost" onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" form={formId} variant="primary" loading={isSending}>
        Begin the story
      </Button>
    </>
  );
}

/** The dialog is never drawn on the server, so the browser can be asked. */
function isApple(): boolean {
  return /mac|iphone|ipad/i.test(navigator.userAgent);
}
