-- A list in a parameter is searched from its beginning for every row: a batch of 10,000 took ten
-- seconds. Joined, each ballot is one look into an index.
create or replace function publish_batch(
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
    delete from ballot using unnest(p_ballots) with ordinality as batch (leaf, place)
      where ballot.leaf = batch.leaf and ballot.round_id = p_round and ballot.position is null
      returning credential, seq, group_id, ballot.leaf, body, signature, place
  )
  insert into ballot (round_id, credential, seq, group_id, leaf, body, signature, position)
    select p_round, credential, seq, group_id, leaf, body, signature, v_first + place - 1
    from gone order by place;
  get diagnostics v_rows = row_count;
  if v_rows <> cardinality(p_ballots) then
    raise exception 'a ballot of the batch is not staged' using errcode = 'MK002';
  end if;

  with gone as (
    delete from receipt using unnest(p_codes) as batch (code)
      where receipt.round_id = p_round and receipt.code = batch.code and receipt.batch is null
      returning receipt.code
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

create or replace function seal_record(
  p_round text, p_from integer, p_ballots bytea[], p_codes text[], p_notes bytea[],
  p_closing_leaf bytea, p_closing_text text, p_checkpoint text
) returns integer language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(record_lock(p_round));
  -- What came after the caller looked belongs into this batch: the caller looks again. As many as are
  -- listed, and publish_batch finds each of them: then they are the same.
  if (select count(*) from ballot where round_id = p_round and position is null)
      <> cardinality(p_ballots)
    or (select count(*) from note where round_id = p_round and position is null)
      <> cardinality(p_notes)
  then
    raise exception 'not the last batch' using errcode = 'MK002';
  end if;
  -- Refused when the record is sealed already.
  insert into note (round_id, leaf, text) values (p_round, p_closing_leaf, p_closing_text);
  return publish_batch(
    p_round, p_from, p_ballots, p_codes, p_notes || p_closing_leaf, p_checkpoint, true
  );
end
$$;
