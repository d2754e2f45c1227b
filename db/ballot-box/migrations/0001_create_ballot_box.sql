-- The anonymous ballots. Nothing here says who or when: no column of a time, serial or network type,
-- no foreign key, no order of arrival (ballot-protocol.md, "Ballot"; threats T1, T4, T6, T23).

do $$
begin
  if not exists (select from pg_roles where rolname = 'minka_ballot_box_app') then
    create role minka_ballot_box_app nologin;
  end if;
end
$$;

create table round (
  id text constraint round_pk primary key,
  state text not null constraint round_state_known check (state in ('open', 'closed')),
  -- The exact text whose hash stands in every ballot.
  manifest text not null,
  manifest_hash text not null,
  -- Milliseconds since 1970, copied from the manifest: compared with the database's own clock.
  opens_at_ms bigint not null,
  closes_at_ms bigint not null,
  constraint round_closes_after_opening check (closes_at_ms > opens_at_ms)
);

create table ballot (
  round_id text not null,
  -- SHA-256 of the voter's public key for this round.
  credential bytea not null,
  seq smallint not null,
  group_id text not null,
  leaf bytea not null,
  body text not null,
  signature text not null,
  -- The promise of the whole system: one ballot per credential and sequence, whatever races.
  constraint ballot_one_per_sequence primary key (round_id, credential, seq),
  constraint ballot_leaf_unique unique (leaf),
  constraint ballot_seq_range check (seq between 1 and 5),
  constraint ballot_sizes check (
    length(credential) = 32 and length(leaf) = 32 and length(body) <= 4096 and length(signature) = 86
  )
);

-- Every credential has exactly one first ballot: counting those counts voters.
create index ballot_voters_by_group on ballot (round_id, group_id) where seq = 1;

-- Receipt codes stand apart from the ballots: a code proves inclusion, never content.
create table receipt (
  round_id text not null,
  code text not null,
  constraint receipt_pk primary key (round_id, code),
  constraint receipt_code_shape check (code ~ '^[0-9A-HJKMNP-TV-Z]{13}$')
);

-- What was shown live, so that every process shows the same and a restart cannot show it with one
-- ballot more (threat T25).
create table live_figures (
  round_id text not null,
  generation integer not null,
  figures text not null,
  constraint live_figures_pk primary key (round_id, generation)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create trigger ballot_append_only before update or delete or truncate on ballot
  for each statement execute function refuse_change();
create trigger receipt_append_only before update or delete or truncate on receipt
  for each statement execute function refuse_change();
create trigger live_figures_append_only before update or delete or truncate on live_figures
  for each statement execute function refuse_change();
create trigger round_kept before delete or truncate on round
  for each statement execute function refuse_change();

create function keep_round() returns trigger language plpgsql as $$
begin
  if old.state = 'open' and new.state = 'closed'
    and row(new.id, new.manifest, new.manifest_hash, new.opens_at_ms, new.closes_at_ms)
      = row(old.id, old.manifest, old.manifest_hash, old.opens_at_ms, old.closes_at_ms)
  then
    return new;
  end if;
  raise exception 'a round only ever changes from open to closed'
    using errcode = 'insufficient_privilege';
end
$$;

create trigger round_only_closes before update on round
  for each row execute function keep_round();

create function clock_ms() returns bigint language sql volatile as $$
  select floor(extract(epoch from clock_timestamp()) * 1000)::bigint
$$;

create function round_lock(p_round text) returns bigint language sql immutable as $$
  select hashtextextended('minka/round/' || p_round, 0)
$$;

-- One ballot in one transaction. The shared lock is taken before the state is read, and closing
-- takes the exclusive one: no ballot slips past a close. Each statement of a volatile function sees
-- what was committed before it began, so the reads below are later than the lock.
create function cast_ballot(
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
  if v_round.state = 'closed' or v_now >= v_round.closes_at_ms or v_now < v_round.opens_at_ms then
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

-- Closes at once, or only when the database's clock has passed the end. Returns the state after.
create function close_round(p_round text, p_only_when_due boolean) returns text
language plpgsql volatile as $$
declare
  v_state text;
begin
  perform pg_advisory_xact_lock(round_lock(p_round));
  update round set state = 'closed'
    where id = p_round and state = 'open' and (not p_only_when_due or clock_ms() >= closes_at_ms);
  select state into v_state from round where id = p_round;
  return v_state;
end
$$;

revoke all on all tables in schema public from public;
grant usage on schema public to minka_ballot_box_app;
grant select, insert on round, ballot, receipt, live_figures to minka_ballot_box_app;
grant update (state) on round to minka_ballot_box_app;
