'use client';

import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '../../components/index.ts';

/** The recording that is playing: starting another one stops it. */
let sounding: HTMLAudioElement | null = null;

interface Recording {
  address: string;
  /** What is heard, as in "shot 2 of scenelet-3a". */
  label: string;
}

/** Plays one recording. Nothing of it is loaded before somebody plays it. */
export function SpeechPlayer(recording: Recording) {
  // A regenerated recording starts from the beginning.
  return <Player key={recording.address} {...recording} />;
}

function Player({ address, label }: Recording) {
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [isBroken, setBroken] = useState(false);
  const [time, setTime] = useState({ now: 0, length: 0 });

  useEffect(() => () => audio.current?.pause(), []);

  function toggle() {
    const element = audio.current;
    if (element === null) return;
    if (!element.paused) {
      element.pause();
      return;
    }
    if (sounding !== element) sounding?.pause();
    sounding = element;
    element.play().catch(() => setBroken(element.error !== null));
  }

  function readTime() {
    const { currentTime = 0, duration = 0 } = audio.current ?? {};
    setTime({ now: currentTime, length: Number.isFinite(duration) ? duration : 0 });
  }

  if (isBroken) return <p className="text-bad text-sm">This recording cannot be played. Regenerate it.</p>;
  return (
    <div className="flex items-center gap-2">
      {/* biome-ignore lint/a11y/useMediaCaption: what is said stands beside it */}
      <audio
        ref={audio}
        src={address}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onTimeUpdate={readTime}
        onLoadedMetadata={readTime}
        onError={() => setBroken(true)}
      />
      <IconButton
        label={isPlaying ? `Pause ${label}` : `Play ${label}`}
        tooltip={isPlaying ? 'Pause' : 'Play'}
        icon={isPlaying ? Pause : Play}
        size="small"
        variant="secondary"
        className="rounded-full"
        onClick={toggle}
      />
      <input
        type="range"
        aria-label={`Position in ${label}`}
        aria-valuetext={`${seconds(time.now)} of ${seconds(time.length)}`}
        min={0}
        max={time.length || 1}
        step={0.1}
        value={time.now}
        disabled={time.length === 0}
        onChange={(event) => {
          if (audio.current) audio.current.currentTime = Number(event.target.value);
        }}
        className="h-1 w-24 min-w-0 flex-1 accent-accent disabled:opacity-40"
      />
      <span className="w-10 text-end text-ink-faint text-xs tabular-nums">
        {time.length > 0 && seconds(time.length - time.now)}
      </span>
    </div>
  );
}

function seconds(time: number): string {
  return `${Math.floor(time / 60)}:${String(Math.floor(time % 60)).padStart(2, '0')}`;
}
