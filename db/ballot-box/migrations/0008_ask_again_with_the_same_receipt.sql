-- As before, but also after the close a ballot is the same only with a receipt that is in the round.
-- Once the record is sealed every line is public: anyone could send any of them again with a code that
-- they made up, and the box would promise to publish that code (threat T34).
create or replace function cast_ballot(
  p_round text, p_manifest_hash text, p_credential bytea, p_seq smallint, p_previous bytea,
  p_group text, p_leaf bytea, p_body text, p_signature text, p_receipt text
) returns text language plpgsql volatile set enable_seqscan = off as $$
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
    if found then
      perform from receipt where round_id = p_round and code = p_receipt;
      return case when found then 'same' else 'receipt-differs' end;
    end if;
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

create or replace function cast_ballots(
  p_round text, p_manifest_hash text, p_credentials text, p_seqs text, p_previous text,
  p_groups text, p_leaves text, p_bodies text, p_signatures text, p_receipts text
) returns text language plpgsql volatile
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  v_state text;
  v_hash text;
  v_opens bigint;
  v_closes bigint;
  v_now bigint;
  v_credentials text[] := string_to_array(p_credentials, E'\n');
  v_seqs text[] := string_to_array(p_seqs, E'\n');
  v_previous text[] := string_to_array(p_previous, E'\n');
  v_groups text[] := string_to_array(p_groups, E'\n');
  v_leaves text[] := string_to_array(p_leaves, E'\n');
  v_receipts text[] := string_to_array(p_receipts, E'\n');
  v_count integer := cardinality(v_credentials);
  v_stored bytea[];
  v_codes bigint;
begin
  -- The lock, and only then what it protects: see cast_ballot.
  perform pg_advisory_xact_lock_shared(round_lock(p_round));
  select state, manifest_hash, opens_at_ms, closes_at_ms into v_state, v_hash, v_opens, v_closes
    from round where id = p_round;
  if not found then return concat_ws(',', variadic array_fill('unknown-round'::text, array[v_count])); end if;
  if v_hash <> p_manifest_hash then
    return concat_ws(',', variadic array_fill('other-manifest'::text, array[v_count]));
  end if;

  v_now := clock_ms();
  if v_state <> 'open' or v_now >= v_closes or v_now < v_opens then
    return (
      select string_agg(
        case
          when (
            select ballot.leaf from ballot where round_id = p_round
              and credential = decode(given.credential, 'hex') and seq = given.seq::smallint
          ) is distinct from decode(given.leaf, 'hex') then
            case when v_now < v_opens then 'not-open-yet' else 'closed' end
          when (
            select receipt.code from receipt where receipt.round_id = p_round
              and receipt.code = given.receipt
          ) is null then 'receipt-differs'
          -- A voter who lost the answer may still ask for it.
          else 'same'
        end, ',' order by place)
      from unnest(v_credentials, v_seqs, v_leaves, v_receipts) with ordinality
        as given (credential, seq, leaf, receipt, place)
    );
  end if;

  -- Other ballots are looked up in scalar subqueries: whatever the planner believes about the size of
  -- the table, each stays one look into the primary key.
  with given as materialized (
    select decode(credential, 'hex') as credential, seq::smallint as seq,
      decode(previous, 'hex') as previous, group_id, decode(leaf, 'hex') as leaf,
      body, signature, receipt
    from unnest(
      v_credentials, v_seqs, v_previous, v_groups, v_leaves,
      string_to_array(p_bodies, E'\n'), string_to_array(p_signatures, E'\n'), v_receipts
    ) as line (credential, seq, previous, group_id, leaf, body, signature, receipt)
  ), stored as (
    insert into ballot (round_id, credential, seq, group_id, leaf, body, signature)
      select p_round, credential, seq, group_id, leaf, body, signature from given
      where (
        select receipt.code from receipt where receipt.round_id = p_round
          and receipt.code = given.receipt
      ) is null and (seq = 1 or (
        select ballot.leaf from ballot where ballot.round_id = p_round
          and ballot.credential = given.credential and ballot.seq = given.seq - 1
          and ballot.group_id = given.group_id
      ) = given.previous)
      order by credential
      on conflict do nothing returning leaf
  ), coded as (
    insert into receipt (round_id, code)
      select p_round, receipt from stored join given using (leaf) order by receipt
      on conflict do nothing returning code
  )
  select array(select leaf from stored), (select count(*) from coded) into v_stored, v_codes;

  if v_codes < cardinality(v_stored) then
    -- Somebody else's code, used a moment ago: every ballot of the call is undone with it.
    raise exception 'receipt-differs' using errcode = 'MK001';
  end if;
  if v_codes = v_count then return 'stored'; end if;

  return (
    select string_agg(
      case
        when decode(given.leaf, 'hex') = any (v_stored) then 'stored'
        when given.seq::smallint > 1 and (
          select ballot.leaf from ballot where ballot.round_id = p_round
            and ballot.credential = decode(given.credential, 'hex')
            and ballot.seq = given.seq::smallint - 1 and ballot.group_id = given.group_id
        ) is distinct from decode(given.previous, 'hex') then 'chain-broken'
        when there.leaf is null and (
          select receipt.code from receipt where receipt.round_id = p_round
            and receipt.code = given.receipt
        ) is not null then 'receipt-differs'
        when there.leaf is distinct from decode(given.leaf, 'hex') then 'sequence-taken'
        when (
          select receipt.code from receipt where receipt.round_id = p_round
            and receipt.code = given.receipt
        ) is null then 'receipt-differs'
        else 'same'
      end, ',' order by place)
    from unnest(v_credentials, v_seqs, v_previous, v_groups, v_leaves, v_receipts) with ordinality
      as given (credential, seq, previous, group_id, leaf, receipt, place)
      cross join lateral (
        select (
          select ballot.leaf from ballot where ballot.round_id = p_round
            and ballot.credential = decode(given.credential, 'hex')
            and ballot.seq = given.seq::smallint
        ) as leaf
      ) as there
  );
end
$$;
