'use client';

import ImageIcon from 'lucide-react/icons/image';
import ImageOff from 'lucide-react/icons/image-off';
import { useState } from 'react';
import { Dialog, Spinner } from '../../components/index.ts';
import { pictureSources } from './pictureSources.ts';
import { useStoryPage } from './storyContext.tsx';

/** All pictures of a story have this shape. */
const WIDTH = 1376;
const HEIGHT = 768;

/** A picture of the story that can be enlarged, or a placeholder while there is none. */
export function Picture({
  path,
  alt,
  title,
  isBeingMade = false,
}: {
  path: string | null;
  /** What it shows. */
  alt: string;
  /** Its name when it is large. */
  title: string;
  isBeingMade?: boolean;
}) {
  const { addressOf } = useStoryPage();
  const [isLarge, setLarge] = useState(false);
  const [missing, setMissing] = useState<string | null>(null);
  const address = addressOf(path);

  if (address === null || missing === address) {
    return <NoPicture isBeingMade={isBeingMade} isMissing={address !== null} />;
  }
  return (
    <div className="relative">
      <button
        type="button"
        aria-label={`Enlarge: ${title}`}
        onClick={() => setLarge(true)}
        className="group block aspect-video w-full overflow-hidden bg-sunken"
      >
        {/* biome-ignore lint/performance/noImgElement: files may be regenerated at any time, which Next's cache would not notice */}
        <img
          {...pictureSources(address)}
          sizes="(min-width: 48rem) 36rem, 100vw"
          alt={alt}
          width={WIDTH}
          height={HEIGHT}
          loading="lazy"
          decoding="async"
          onError={() => setMissing(address)}
          className="size-full object-cover transition-transform duration-300 ease-out group-hover:scale-[1.02]"
        />
      </button>
      {isBeingMade && <MakingVeil />}
      <Dialog open={isLarge} onOpenChange={setLarge} title={title} size="wide">
        {/* biome-ignore lint/performance/noImgElement: as above */}
        <img
          src={address}
          alt={alt}
          width={WIDTH}
          height={HEIGHT}
          className="mx-auto h-auto max-h-[calc(86dvh-10rem)] w-auto rounded-control"
        />
        <p dir="auto" className="mt-3 line-clamp-3 text-ink-soft text-sm">
          {alt}
        </p>
      </Dialog>
    </div>
  );
}

function NoPicture({ isBeingMade, isMissing }: { isBeingMade: boolean; isMissing: boolean }) {
  const Sign = isMissing ? ImageOff : ImageIcon;
  return (
    <div className="relative flex aspect-video w-full flex-col items-center justify-center gap-2 bg-sunken text-ink-faint text-sm">
      <Sign size={26} strokeWidth={1.5} />
      {isMissing ? 'The file is missing. Regenerate it.' : 'No picture yet'}
      {isBeingMade && <MakingVeil />}
    </div>
  );
}

function MakingVeil() {
  return (
    <div className="absolute inset-0 flex items-center justify-center bg-sunken/85">
      <Spinner label="Being made" />
    </div>
  );
}
