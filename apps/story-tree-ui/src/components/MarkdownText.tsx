import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { cx } from './cx.ts';

const SAFE_LINK = /^(https?:|mailto:|#)/i;

const components: Components = {
  a: ({ href = '', children }) =>
    SAFE_LINK.test(href) ? (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  // Foreign pictures would tell their host who reads: only what the picture is said to show stays.
  img: ({ alt }) => <span>{alt}</span>,
};

/** Renders Markdown. HTML in it is shown as the text it is. */
export default function MarkdownText({ text, className }: { text: string; className?: string }) {
  return (
    <div dir="auto" className={cx('prose', className)}>
      <ReactMarkdown remarkPlugins={[remarkGfm]} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
