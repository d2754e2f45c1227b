-- Left to itself, PostgreSQL plans the statement of `cast_ballots` anew at every call, because it can
-- count the lines of that one call; that takes longer than storing the ballots (decision 0011). And a
-- plan made while a round was young would read the whole table for every look-up until the next VACUUM.
alter function cast_ballots(text, text, text, text, text, text, text, text, text, text)
  set plan_cache_mode = force_generic_plan;
alter function cast_ballots(text, text, text, text, text, text, text, text, text, text)
  set enable_seqscan = off;
alter function cast_ballot(text, text, bytea, smallint, bytea, text, bytea, text, text, text)
  set enable_seqscan = off;
