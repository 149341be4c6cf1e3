import { Markdown } from '../../components/index.ts';

/** What the person said, as they wrote it. */
export function Said({ text }: { text: string }) {
  return (
    <div className="flex justify-end">
      <p
        dir="auto"
        className="max-w-[85%] whitespace-pre-wrap rounded-card rounded-ee-sm bg-accent-wash px-3.5 py-2.5 text-ink text-sm leading-relaxed [overflow-wrap:anywhere]"
      >
        <span className="sr-only">You: </span>
        {text}
      </p>
    </div>
  );
}

/** What the model said, or has said so far. */
export function AnswerText({ text }: { text: string }) {
  return (
    <div className="min-w-0">
      <span className="sr-only">The model: </span>
      <Markdown text={text} className="text-[0.9375rem] leading-relaxed" />
    </div>
  );
}
