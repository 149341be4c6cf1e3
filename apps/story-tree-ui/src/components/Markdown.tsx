'use client';

import dynamic from 'next/dynamic';
import { SkeletonText } from './Progress.tsx';

/**
 * Markdown from people and models, rendered with headings, lists and tables; its renderer is loaded when first needed.
 */
export const Markdown = dynamic(() => import('./MarkdownText.tsx'), { loading: () => <SkeletonText lines={6} /> });
