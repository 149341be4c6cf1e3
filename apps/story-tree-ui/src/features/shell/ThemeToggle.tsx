'use client';

import Monitor from 'lucide-react/icons/monitor';
import Moon from 'lucide-react/icons/moon';
import Sun from 'lucide-react/icons/sun';
import { useState } from 'react';
import { IconButton } from '../../components/index.ts';
import { announce } from '../kit/index.ts';
import { chooseTheme, THEMES, type Theme } from './preferences.ts';

const LOOKS = {
  system: { icon: Monitor, words: 'same as the system' },
  light: { icon: Sun, words: 'light' },
  dark: { icon: Moon, words: 'dark' },
};

/** Cycles through the themes: system, light, dark. */
export function ThemeToggle({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';

  function choose(): void {
    setTheme(next);
    chooseTheme(next);
    announce(`Colours: ${LOOKS[next].words}`);
  }

  return (
    <IconButton
      label={`Colours: ${LOOKS[theme].words}`}
      tooltip={`Colours: ${LOOKS[theme].words}. Next: ${LOOKS[next].words}`}
      icon={LOOKS[theme].icon}
      side="bottom"
      onClick={choose}
    />
  );
}
