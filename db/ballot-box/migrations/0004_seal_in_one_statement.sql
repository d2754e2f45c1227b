-- The last batch with its closing note, in one statement: the service never holds a transaction open
-- over the network, so that a connection that is cut leaves nothing half done on either side.
create function seal_record(
  p_round text, p_from integer, p_ballots bytea[], p_codes text[], p_notes bytea[],
  p_closing_leaf bytea, p_closing_text text, p_checkpoint text
) returns integer language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(record_lock(p_round));
  -- What came after the caller looked belongs into this batch: the caller looks again.
  if exists (
    select from ballot where round_id = p_round and position is null and leaf <> all (p_ballots)
  ) or exists (
    select from note where round_id = p_round and position is null and leaf <> all (p_notes)
  ) then
    raise exception 'not the last batch' using errcode = 'MK002';
  end if;
  -- Refused when the record is sealed already.
  insert into note (round_id, leaf, text) values (p_round, p_closing_leaf, p_closing_text);
  return publish_batch(
    p_round, p_from, p_ballots, p_codes, p_notes || p_closing_leaf, p_checkpoint, true
  );
end
$$;

revoke all on function seal_record from public;
grant execute on function seal_record to minka_ballot_box_app;
