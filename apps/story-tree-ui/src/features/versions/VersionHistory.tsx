'use client';

import type { ConstitutionOrigin } from '@story-tree/domain';
import { Badge, Button, cx, ErrorState, RelativeTime, SkeletonText } from '../../components/index.ts';
import type { ConstitutionVersionOnWire } from '../../wire/index.ts';
import type { useConstitutionVersions } from './useConstitutionVersions.ts';

const ORIGINS: Record<ConstitutionOrigin, string> = {
  generated: 'Written',
  chat: 'Changed in a chat',
  restored: 'Restored',
};

/** Every version with where it comes from; choosing an older one compares it with the current one. */
export function VersionHistory({
  versions: { data: versions, error, refetch, isFetching },
  compared,
  onCompare,
}: {
  versions: ReturnType<typeof useConstitutionVersions>;
  compared: number | null;
  onCompare(version: number | null): void;
}) {
  return (
    <section aria-labelledby="versions-title">
      <h2 id="versions-title" className="mb-2 text-base">
        Versions
      </h2>
      {versions === undefined && error && (
        <ErrorState title="The versions could not be loaded" error={error} onRetry={refetch} retrying={isFetching} />
      )}
      {versions === undefined && !error && <SkeletonText lines={3} />}
      <ol className="space-y-1.5">
        {versions?.map((version, index) => (
          <VersionRow
            key={version.version}
            version={version}
            isCurrent={index === 0}
            isCompared={version.version === compared}
            onCompare={onCompare}
          />
        ))}
      </ol>
    </section>
  );
}

function VersionRow({
  version: { version, origin, createdAt },
  isCurrent,
  isCompared,
  onCompare,
}: {
  version: ConstitutionVersionOnWire;
  isCurrent: boolean;
  isCompared: boolean;
  onCompare(version: number | null): void;
}) {
  return (
    <li
      className={cx(
        'flex items-center justify-between gap-2 rounded-control border px-3 py-2 text-sm',
        isCompared ? 'border-accent bg-accent-wash' : 'border-line bg-sheet',
      )}
    >
      <div className="min-w-0">
        <p className="font-medium">Version {version}</p>
        <p className="text-ink-soft text-xs">
          {ORIGINS[origin]} <RelativeTime at={createdAt} />
        </p>
      </div>
      {isCurrent ? (
        <Badge tone="good">Current</Badge>
      ) : (
        <Button
          size="small"
          aria-pressed={isCompared}
          aria-label={`Compare version ${version} with the current one`}
          onClick={() => onCompare(isCompared ? null : version)}
        >
          Compare
        </Button>
      )}
    </li>
  );
}
