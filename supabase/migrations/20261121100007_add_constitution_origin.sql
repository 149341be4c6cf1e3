-- Who wrote a version: the workflow, a discussion about it, or somebody who took an older one back.
alter table public.constitution_versions
add column origin text not null default 'generated' check (origin in ('generated', 'chat', 'restored'));
