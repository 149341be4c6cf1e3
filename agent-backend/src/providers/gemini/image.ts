import type { Part } from '@google/genai';
import type { ImageRequest, ReferenceImage } from '../../models/ports.ts';
import type { CallPlan } from './call.ts';
import { inlineMedia, type Media } from './media.ts';

/** Models with one size, which refuse to be told it. */
const ONE_SIZE = /gemini-2\./;

/** One image. The prompt is the last part, exactly as given; each reference image stands behind its caption. */
export function planImage(request: ImageRequest, model: string, imageSize: string): CallPlan<Media> {
  const { system, prompt, references, aspectRatio } = request;
  const parameters = {
    model,
    contents: [{ role: 'user', parts: [...references.flatMap(referenceParts), { text: prompt }] }],
    config: {
      ...(system === '' ? {} : { systemInstruction: system }),
      responseModalities: ['TEXT', 'IMAGE'],
      imageConfig: { aspectRatio, ...(ONE_SIZE.test(model) ? {} : { imageSize }) },
    },
  };
  return { parameters: () => parameters, read: readImage };
}

function referenceParts({ caption, mimeType, bytes }: ReferenceImage): Part[] {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return [{ text: caption }, { inlineData: { mimeType, data } }];
}

/** Drafts come first and as thoughts; some models mark the finished image as a thought too. */
function readImage(parts: readonly Part[]): Media | undefined {
  const images = parts.filter((part) => inlineMedia(part, 'image/') !== undefined);
  const last = images.findLast((part) => part.thought !== true) ?? images.at(-1);
  return last && inlineMedia(last, 'image/');
}
