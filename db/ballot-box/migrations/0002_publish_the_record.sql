-- The public record while people vote (ballot-protocol.md, "Public record"; threats T5, T6, T23).
-- A ballot is staged until the publisher writes it again, shuffled among its batch, with its place in
-- the log: position = its leaf, counted from 0 (the manifest). Still nothing says who or when.

alter table ballot add column position integer;
alter table ballot add constraint ballot_position_after_manifest check (position >= 1);
-- The size of the log at the end of the receipt's batch; null while staged.
alter table receipt add column batch integer;

-- A cast writes into as many indexes of `ballot` as before: voters are counted over what is staged
-- and remembered for what is published, which never changes.
drop index ballot_voters_by_group;
create index ballot_staged on ballot (round_id, group_id, seq) where position is null;
create index receipt_staged on receipt (round_id) where batch is null;
-- With all that a process reads when it starts, so that it need not read the ballots themselves.
create unique index ballot_by_position on ballot (round_id, position)
  include (leaf, group_id, seq) where position is not null;
create index receipt_by_batch on receipt (round_id, batch, code) where batch is not null;

-- Signed notes in the C2SP form, one per batch; the first is of the manifest alone.
create table checkpoint (
  round_id text not null,
  size integer not null,
  note text not null,
  constraint checkpoint_pk primary key (round_id, size),
  constraint checkpoint_size_positive check (size >= 1)
);

-- What witnesses signed, one line each.
create table cosignature (
  round_id text not null,
  size integer not null,
  witness text not null,
  line text not null,
  constraint cosignature_pk primary key (round_id, size, witness),
  constraint cosignature_line_short check (length(line) <= 400)
);

-- Leaves that are no ballots: audit heads, paper minutes, the closing note.
create table note (
  round_id text not null,
  leaf bytea not null,
  text text not null,
  -- Null until published.
  position integer,
  constraint note_pk primary key (round_id, leaf),
  constraint note_leaf_length check (length(leaf) = 32),
  constraint note_position_after_manifest check (position >= 1)
);
create unique index note_by_position on note (round_id, position) where position is not null;

-- The count as it was announced.
create table tally (
  round_id text not null,
  text text not null,
  constraint tally_pk primary key (round_id)
);

-- How many leaves the figures were computed from; null for what was shown before there was a log.
alter table live_figures add column size integer;
create unique index live_figures_by_size on live_figures (round_id, size) where size is not null;

create trigger checkpoint_append_only before update or delete or truncate on checkpoint
  for each statement execute function refuse_change();
create trigger cosignature_append_only before update or delete or truncate on cosignature
  for each statement execute function refuse_change();
create trigger note_kept before delete or truncate on note
  for each statement execute function refuse_change();
create trigger tally_append_only before update or delete or truncate on tally
  for each statement execute function refuse_change();

-- A staged ballot may be deleted only to be written again in the same transaction, the same in every
-- byte and with its place; a published one only to be written again in the same place.
drop trigger ballot_append_only on ballot;
create trigger ballot_append_only before update or truncate on ballot
  for each statement execute function refuse_change();
drop trigger receipt_append_only on receipt;
create trigger receipt_append_only before update or truncate on receipt
  for each statement execute function refuse_change();

create function keep_ballot() returns trigger language plpgsql as $$
begin
  perform from ballot
    where leaf = old.leaf and position is not null
      and position = coalesce(old.position, position)
      and row(round_id, credential, seq, group_id, body, signature)
        = row(old.round_id, old.credential, old.seq, old.group_id, old.body, old.signature);
  if not found then
    raise exception 'a ballot is never lost' using errcode = 'insufficient_privilege';
  end if;
  return null;
end
$$;

create constraint trigger ballot_kept after delete on ballot deferrable initially deferred
  for each row execute function keep_ballot();

create function keep_receipt() returns trigger language plpgsql as $$
begin
  perform from receipt
    where round_id = old.round_id and code = old.code and batch is not null
      and batch = coalesce(old.batch, batch);
  if not found then
    raise exception 'a receipt is never lost' using errcode = 'insufficient_privilege';
  end if;
  return null;
end
$$;

create constraint trigger receipt_kept after delete on receipt deferrable initially deferred
  for each row execute function keep_receipt();

create function keep_note() returns trigger language plpgsql as $$
begin
  if old.position is null and new.position is not null
    and row(new.round_id, new.leaf, new.text) = row(old.round_id, old.leaf, old.text)
  then
    return new;
  end if;
  raise exception 'a note only ever gets its place' using errcode = 'insufficient_privilege';
end
$$;

create trigger note_only_published before update on note
  for each row execute function keep_note();

-- Held by whoever appends to a round's log, and shared by whoever hands in a note.
create function record_lock(p_round text) returns bigint language sql immutable as $$
  select hashtextextended('minka/record/' || p_round, 0)
$$;

-- Nothing comes after the closing note. The lock comes first: a note either is in time for the seal,
-- or sees it.
create function refuse_when_sealed() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(record_lock(new.round_id));
  perform from round where id = new.round_id and state <> 'sealed';
  if not found then
    raise exception 'the record is sealed' using errcode = 'MK003';
  end if;
  return new;
end
$$;

create trigger note_before_seal before insert on note
  for each row execute function refuse_when_sealed();

create function refuse_until_sealed() returns trigger language plpgsql as $$
begin
  perform from round where id = new.round_id and state = 'sealed';
  if not found then
    raise exception 'the record is not sealed' using errcode = 'MK004';
  end if;
  return new;
end
$$;

create trigger tally_after_seal before insert on tally
  for each row execute function refuse_until_sealed();

-- When casting ended, in milliseconds since 1970: of the round, of no ballot.
alter table round add column closed_at_ms bigint;
alter table round disable trigger round_only_closes;
update round set closed_at_ms = closes_at_ms where state = 'closed';
alter table round enable trigger round_only_closes;
alter table round drop constraint round_state_known;
alter table round add constraint round_state_known check (state in ('open', 'closed', 'sealed'));
alter table round add constraint round_closed_at_known
  check ((state = 'open') = (closed_at_ms is null));

create or replace function keep_round() returns trigger language plpgsql as $$
begin
  if row(new.id, new.manifest, new.manifest_hash, new.opens_at_ms, new.closes_at_ms)
    = row(old.id, old.manifest, old.manifest_hash, old.opens_at_ms, old.closes_at_ms)
  then
    if old.state = 'open' and new.state = 'closed' then return new; end if;
    if old.state = 'closed' and new.state = 'sealed' and new.closed_at_ms = old.closed_at_ms
      and not exists (select from ballot where round_id = old.id and position is null)
      and not exists (select from note where round_id = old.id and position is null)
      and exists (
        select from note
        where round_id = old.id and text::jsonb ->> 'type' = 'closing'
          and position = (select max(size) - 1 from checkpoint where round_id = old.id)
      )
    then
      return new;
    end if;
  end if;
  raise exception 'a round only ever changes from open to closed, and then to sealed'
    using errcode = 'insufficient_privilege';
end
$$;

create or replace function close_round(p_round text, p_only_when_due boolean) returns text
language plpgsql volatile as $$
declare
  v_state text;
begin
  perform pg_advisory_xact_lock(round_lock(p_round));
  update round set state = 'closed', closed_at_ms = least(clock_ms(), closes_at_ms)
    where id = p_round and state = 'open' and (not p_only_when_due or clock_ms() >= closes_at_ms);
  select state into v_state from round where id = p_round;
  return v_state;
end
$$;

-- As before, but nothing is accepted in a sealed round either.
create or replace function cast_ballot(
  p_round text, p_manifest_hash text, p_credential bytea, p_seq smallint, p_previous bytea,
  p_group text, p_leaf bytea, p_body text, p_signature text, p_receipt text
) returns text language plpgsql volatile as $$
declare
  v_round round;
  v_now bigint;
  v_leaf bytea;
begin
  perform pg_advisory_xact_lock_shared(round_lock(p_round));
  select * into v_round from round where id = p_round;
  if not found then return 'unknown-round'; end if;
  if v_round.manifest_hash <> p_manifest_hash then return 'other-manifest'; end if;

  v_now := clock_ms();
  if v_round.state <> 'open' or v_now >= v_round.closes_at_ms or v_now < v_round.opens_at_ms then
    -- A voter who lost the answer may still ask for it.
    perform from ballot where round_id = p_round and credential = p_credential and seq = p_seq
      and leaf = p_leaf;
    if found then return 'same'; end if;
    return case when v_now < v_round.opens_at_ms then 'not-open-yet' else 'closed' end;
  end if;

  if p_seq > 1 then
    perform from ballot where round_id = p_round and credential = p_credential
      and seq = p_seq - 1 and leaf = p_previous and group_id = p_group;
    if not found then return 'chain-broken'; end if;
  end if;

  insert into ballot (round_id, credential, seq, group_id, leaf, body, signature)
    values (p_round, p_credential, p_seq, p_group, p_leaf, p_body, p_signature)
    on conflict do nothing;
  if found then
    insert into receipt (round_id, code) values (p_round, p_receipt) on conflict do nothing;
    if not found then
      -- Somebody else's code: the ballot is undone with it.
      raise exception 'receipt-differs' using errcode = 'MK001';
    end if;
    return 'stored';
  end if;

  select leaf into v_leaf from ballot
    where round_id = p_round and credential = p_credential and seq = p_seq;
  if v_leaf is distinct from p_leaf then return 'sequence-taken'; end if;
  perform from receipt where round_id = p_round and code = p_receipt;
  return case when found then 'same' else 'receipt-differs' end;
end
$$;

-- Appends one batch: staged ballots in the order given, then notes, then the checkpoint that ends it;
-- all or nothing. Runs as the owner because it deletes the staged rows; it can do nothing else with
-- them than write them again (see `ballot_kept`). `p_from`: the size that the caller knows.
create function publish_batch(
  p_round text, p_from integer, p_ballots bytea[], p_codes text[], p_notes bytea[],
  p_checkpoint text, p_seal boolean
) returns integer language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_size integer;
  v_first integer := greatest(p_from, 1);
  v_to integer := v_first + cardinality(p_ballots) + cardinality(p_notes);
  v_rows bigint;
begin
  perform pg_advisory_xact_lock(record_lock(p_round));
  perform from round where id = p_round and state <> 'sealed';
  if not found then
    raise exception 'the record is sealed' using errcode = 'MK003';
  end if;
  select coalesce(max(size), 0) into v_size from checkpoint where round_id = p_round;
  if v_size <> p_from or (p_from = 0) <> (v_to = 1) or v_to = p_from
    or cardinality(p_codes) <> cardinality(p_ballots)
  then
    raise exception 'not the next batch' using errcode = 'MK002';
  end if;

  with gone as (
    delete from ballot
      where round_id = p_round and position is null and leaf = any (p_ballots)
      returning credential, seq, group_id, leaf, body, signature
  )
  insert into ballot (round_id, credential, seq, group_id, leaf, body, signature, position)
    select p_round, credential, seq, group_id, leaf, body, signature, v_first + place - 1
    from unnest(p_ballots) with ordinality as batch (leaf, place) join gone using (leaf)
    order by place;
  get diagnostics v_rows = row_count;
  if v_rows <> cardinality(p_ballots) then
    raise exception 'a ballot of the batch is not staged' using errcode = 'MK002';
  end if;

  with gone as (
    delete from receipt
      where round_id = p_round and batch is null and code = any (p_codes)
      returning code
  )
  insert into receipt (round_id, code, batch)
    select p_round, code, v_to from gone order by code collate "C";
  get diagnostics v_rows = row_count;
  if v_rows <> cardinality(p_codes) then
    raise exception 'a receipt of the batch is not staged' using errcode = 'MK002';
  end if;

  update note set position = v_first + cardinality(p_ballots) + place - 1
    from unnest(p_notes) with ordinality as batch (leaf, place)
    where note.round_id = p_round and note.position is null and note.leaf = batch.leaf;
  get diagnostics v_rows = row_count;
  if v_rows <> cardinality(p_notes) then
    raise exception 'a note of the batch is not pending' using errcode = 'MK002';
  end if;

  insert into checkpoint (round_id, size, note) values (p_round, v_to, p_checkpoint);
  if p_seal then update round set state = 'sealed' where id = p_round; end if;
  return v_to;
end
$$;

revoke all on checkpoint, cosignature, note, tally from public;
revoke all on function publish_batch from public;
grant execute on function publish_batch to minka_ballot_box_app;
grant select on checkpoint, cosignature, note, tally to minka_ballot_box_app;
grant insert on cosignature, tally to minka_ballot_box_app;
grant insert (round_id, leaf, text) on note to minka_ballot_box_app;
-- Only the function gives places.
revoke insert on ballot, receipt from minka_ballot_box_app;
grant insert (round_id, credential, seq, group_id, leaf, body, signature) on ballot
  to minka_ballot_box_app;
grant insert (round_id, code) on receipt to minka_ballot_box_app;
-- The state `sealed` comes with its batch or not at all.
revoke update (state) on round from minka_ballot_box_app;
revoke all on function close_round from public;
alter function close_round(text, boolean) security definer set search_path = public, pg_temp;
grant execute on function close_round to minka_ballot_box_app;

-- What a published ballot was before is wiped by VACUUM, which PostgreSQL 16 leaves to the owner and
-- to autovacuum.
do $$
begin
  if current_setting('server_version_num')::int >= 170000 then
    grant maintain on ballot, receipt to minka_ballot_box_app;
  end if;
end
$$;
