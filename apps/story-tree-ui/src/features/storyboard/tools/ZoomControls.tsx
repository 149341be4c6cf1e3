'use client';

import { useStore } from '@xyflow/react';
import Maximize from 'lucide-react/icons/maximize';
import Minus from 'lucide-react/icons/minus';
import Plus from 'lucide-react/icons/plus';
import { IconButton, Tooltip } from '../../../components/index.ts';
import { type CanvasControl, ZOOM_STEP } from '../canvas/useCanvas.ts';
import { useScene } from '../storyboardContext.ts';

/** Zoom in, zoom out, 100 %, and the whole story. */
export function ZoomControls({ control }: { control: CanvasControl }) {
  const { layout, active } = useScene();
  const here = layout.boxes.get(active) ?? layout.bounds;
  const percent = useStore(({ transform: [, , zoom] }) => (zoom < 0.1 ? zoom * 100 : Math.round(zoom * 100)));
  const shown = `${percent < 10 ? percent.toFixed(1) : percent} %`;
  return (
    <div className="flex items-center rounded-control border border-line bg-raised/95 p-0.5 shadow-lift">
      <IconButton label="Zoom out" size="small" icon={Minus} onClick={() => control.zoomBy(1 / ZOOM_STEP, here)} />
      <Tooltip text="Set to 100 %">
        <button
          type="button"
          onClick={() => control.zoomTo(1, here)}
          className="h-8 min-w-14 rounded-control px-1 text-ink-soft text-xs tabular-nums hover:bg-sunken hover:text-ink"
        >
          <span className="sr-only">Set to 100 %, now </span>
          {shown}
        </button>
      </Tooltip>
      <IconButton label="Zoom in" size="small" icon={Plus} onClick={() => control.zoomBy(ZOOM_STEP, here)} />
      <IconButton label="Fit the whole story" size="small" icon={Maximize} onClick={() => control.fit(layout.bounds)} />
    </div>
  );
}
