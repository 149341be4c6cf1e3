create table public.stories (
  id uuid primary key default gen_random_uuid(),
  display_name text not null check (display_name <> ''),
  named_by_person boolean not null default false,
  initial_prompt text not null check (initial_prompt ~ '\S'),
  creation_options jsonb not null default '{}',
  mode text not null check (mode in ('stub', 'real')),
  story_constitution text,
  target_scenelets_per_path integer check (target_scenelets_per_path > 0),
  visual_design_document jsonb,
  visual_reference_package jsonb,
  audio_design_document jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);

-- Append-only: restoring an old text makes a new version.
create table public.constitution_versions (
  story_id uuid not null references public.stories (id) on delete cascade,
  version integer not null check (version > 0),
  markdown text not null,
  created_at timestamptz not null default now(),
  primary key (story_id, version)
);

create table public.scenelets (
  id uuid primary key default gen_random_uuid(),
  story_id uuid not null references public.stories (id) on delete cascade,
  -- The one name a scenelet has outside the database; see sceneletLabel in the domain.
  label text not null,
  parent_id uuid,
  -- Place among the siblings, from 0: the order in which the model gave the choices.
  ordinal integer not null default 0 check (ordinal >= 0),
  choice_label_from_parent text,
  choice_prompt text,
  content jsonb not null,
  is_branch_point boolean not null default false,
  is_terminal_node boolean not null default false,
  created_at timestamptz not null default now(),
  unique (story_id, label),
  unique (story_id, id),
  unique nulls not distinct (story_id, parent_id, ordinal),
  foreign key (story_id, parent_id) references public.scenelets (story_id, id) on delete cascade,
  check (not (is_branch_point and is_terminal_node)),
  check (is_branch_point = (choice_prompt is not null))
);

create unique index scenelets_one_root on public.scenelets (story_id) where parent_id is null;

create table public.shots (
  id uuid primary key default gen_random_uuid(),
  story_id uuid not null references public.stories (id) on delete cascade,
  scenelet_id uuid not null,
  -- Place of the scenelet in the story, depth first, from 1.
  scenelet_sequence integer not null check (scenelet_sequence > 0),
  shot_index integer not null check (shot_index > 0),
  storyboard_payload jsonb not null,
  key_frame_image_path text,
  audio_file_path text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (scenelet_id, shot_index),
  foreign key (story_id, scenelet_id) references public.scenelets (story_id, id) on delete cascade,
  check (key_frame_image_path like 'generated/' || story_id || '/%'),
  check (audio_file_path like 'generated/' || story_id || '/%')
);

create index shots_in_order on public.shots (story_id, scenelet_sequence, shot_index);

-- Character sheets and environment images, by the id that the visual design gives.
create table public.reference_images (
  story_id uuid not null references public.stories (id) on delete cascade,
  kind text not null check (kind in ('character', 'environment')),
  design_id text not null,
  image_path text not null check (image_path like 'generated/' || story_id || '/%'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (story_id, kind, design_id)
);

create function public.touch_updated_at() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.updated_at := now();
  return new;
end
$$;

create trigger stories_touch before update on public.stories
for each row execute function public.touch_updated_at();
create trigger shots_touch before update on public.shots
for each row execute function public.touch_updated_at();
create trigger reference_images_touch before update on public.reference_images
for each row execute function public.touch_updated_at();

-- Versions never change; they go only with their story.
create function public.refuse_update() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception 'rows of % are never changed', tg_table_name using errcode = 'ST002';
end
$$;

create trigger constitution_versions_append_only before update on public.constitution_versions
for each row execute function public.refuse_update();
