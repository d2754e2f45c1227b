-- What a manifest says stays as it is in the registry too, whoever writes: the application, its
-- owner, a command at the prompt. A round that left the draft covers its contests, their envelopes,
-- the proposals on the ballot, the plan's rows that are ranked and the roll; an error in one of them
-- needs a new round, with a new manifest that everybody can see.
CREATE FUNCTION refuse_frozen(what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% stands in the manifest of a round', what
    USING ERRCODE = 'restrict_violation', CONSTRAINT = 'manifest_frozen';
END $$;
--> statement-breakpoint
-- Whether a round that left the draft asks about this envelope; `p_only_running`: and its result is
-- not published yet. The lock makes an opening at the same moment wait, or be seen.
CREATE FUNCTION is_voted(p_envelope text, p_only_running boolean) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_state text;
BEGIN
  FOR v_state IN
    SELECT r.state FROM round r JOIN contest c ON c.round_id = r.id
    WHERE c.envelope_id = p_envelope FOR SHARE OF r
  LOOP
    IF v_state <> 'draft' AND NOT (p_only_running AND v_state = 'published') THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END $$;
--> statement-breakpoint
-- Whether any round is under way (and, asked so, ranks the rows of the plan).
CREATE FUNCTION is_under_way(p_only_ranking boolean) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  v_state text;
BEGIN
  FOR v_state IN
    SELECT r.state FROM round r
    WHERE NOT p_only_ranking
      OR EXISTS (SELECT FROM contest c WHERE c.round_id = r.id AND c.kind = 'rank')
    FOR SHARE OF r
  LOOP
    IF v_state NOT IN ('draft', 'published') THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END $$;
--> statement-breakpoint
CREATE FUNCTION keep_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'draft' THEN RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END; END IF;
  IF TG_OP = 'DELETE' OR NEW.state = 'draft'
    OR ROW(NEW.id, NEW.cycle_id, NEW.name_es, NEW.name_en, NEW.opens_at, NEW.closes_at,
           NEW.live_policy, NEW.min_group)
      IS DISTINCT FROM ROW(OLD.id, OLD.cycle_id, OLD.name_es, OLD.name_en, OLD.opens_at,
           OLD.closes_at, OLD.live_policy, OLD.min_group)
    OR (OLD.roll_salt IS NOT NULL AND NEW.roll_salt IS DISTINCT FROM OLD.roll_salt)
    OR (OLD.manifest IS NOT NULL
      AND ROW(NEW.manifest, NEW.manifest_hash, NEW.lot_seed)
        IS DISTINCT FROM ROW(OLD.manifest, OLD.manifest_hash, OLD.lot_seed))
  THEN
    PERFORM refuse_frozen('what a round is');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER round_kept BEFORE UPDATE OR DELETE ON "round"
  FOR EACH ROW EXECUTE FUNCTION keep_round();
--> statement-breakpoint
CREATE FUNCTION keep_contest() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_state text;
BEGIN
  FOR v_state IN
    SELECT state FROM round
    WHERE id IN (CASE TG_OP WHEN 'INSERT' THEN NULL ELSE OLD.round_id END,
                 CASE TG_OP WHEN 'DELETE' THEN NULL ELSE NEW.round_id END)
    FOR SHARE
  LOOP
    IF v_state <> 'draft' THEN PERFORM refuse_frozen('a question'); END IF;
  END LOOP;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER contest_kept BEFORE INSERT OR UPDATE OR DELETE ON "contest"
  FOR EACH ROW EXECUTE FUNCTION keep_contest();
--> statement-breakpoint
CREATE FUNCTION keep_envelope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
    AND ROW(NEW.id, NEW.cycle_id, NEW.scope, NEW.district_code, NEW.dimension_code, NEW.amount_cents)
      IS NOT DISTINCT FROM ROW(OLD.id, OLD.cycle_id, OLD.scope, OLD.district_code,
        OLD.dimension_code, OLD.amount_cents)
  THEN RETURN NEW; END IF;
  IF is_voted(OLD.id, false) THEN PERFORM refuse_frozen('an envelope'); END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER envelope_kept BEFORE UPDATE OR DELETE ON "envelope"
  FOR EACH ROW EXECUTE FUNCTION keep_envelope();
--> statement-breakpoint
-- On the ballot stands what was eligible when the round was frozen; the count makes it funded or not.
CREATE FUNCTION keep_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state = 'eligible' AND NOT EXISTS (SELECT FROM proposal WHERE code = NEW.code)
      AND is_voted(NEW.envelope_id, true)
    THEN PERFORM refuse_frozen('which proposals are voted'); END IF;
    RETURN NEW;
  END IF;
  IF OLD.state NOT IN ('eligible', 'funded', 'not-funded') THEN
    IF TG_OP = 'UPDATE' AND NEW.state IN ('eligible', 'funded', 'not-funded')
      AND is_voted(NEW.envelope_id, true)
    THEN PERFORM refuse_frozen('which proposals are voted'); END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF is_voted(OLD.envelope_id, false) THEN PERFORM refuse_frozen('a proposal'); END IF;
    RETURN OLD;
  END IF;
  IF ROW(NEW.code, NEW.cycle_id, NEW.envelope_id, NEW.cost_cents, NEW.title_es, NEW.title_en,
         NEW.label_es, NEW.label_en, NEW.what_es, NEW.what_en, NEW.where_es, NEW.where_en,
         NEW.why_es, NEW.why_en)
    IS DISTINCT FROM ROW(OLD.code, OLD.cycle_id, OLD.envelope_id, OLD.cost_cents, OLD.title_es,
         OLD.title_en, OLD.label_es, OLD.label_en, OLD.what_es, OLD.what_en, OLD.where_es,
         OLD.where_en, OLD.why_es, OLD.why_en)
    AND is_voted(OLD.envelope_id, false)
  THEN PERFORM refuse_frozen('a proposal'); END IF;
  IF NEW.state <> OLD.state AND is_voted(OLD.envelope_id, true) THEN
    PERFORM refuse_frozen('which proposals are voted');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER proposal_kept BEFORE INSERT OR UPDATE OR DELETE ON "proposal"
  FOR EACH ROW EXECUTE FUNCTION keep_proposal();
--> statement-breakpoint
CREATE FUNCTION is_on_a_ballot(p_proposal text) RETURNS boolean LANGUAGE sql AS $$
  SELECT coalesce(bool_or(is_voted(envelope_id, false)), false) FROM proposal
  WHERE code = p_proposal AND state IN ('eligible', 'funded', 'not-funded')
$$;
--> statement-breakpoint
-- The first objective gives a proposal its dimension, which the manifest names.
CREATE FUNCTION keep_proposal_objective() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND EXISTS (
    SELECT FROM proposal_objective o
    WHERE o.proposal_code = NEW.proposal_code AND o.objective_code = NEW.objective_code
  ) THEN RETURN NEW; END IF;
  IF (TG_OP <> 'INSERT' AND is_on_a_ballot(OLD.proposal_code))
    OR (TG_OP <> 'DELETE' AND is_on_a_ballot(NEW.proposal_code))
  THEN PERFORM refuse_frozen('the objective of a proposal'); END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER proposal_objective_kept BEFORE INSERT OR UPDATE OR DELETE ON "proposal_objective"
  FOR EACH ROW EXECUTE FUNCTION keep_proposal_objective();
--> statement-breakpoint
CREATE FUNCTION keep_plan_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF ROW(NEW.code, NEW.dimension_code, NEW.position, NEW.label_es, NEW.label_en, NEW.title_es,
           NEW.title_en)
      IS NOT DISTINCT FROM ROW(OLD.code, OLD.dimension_code, OLD.position, OLD.label_es,
           OLD.label_en, OLD.title_es, OLD.title_en)
    THEN RETURN NEW; END IF;
    IF NEW.dimension_code = OLD.dimension_code AND NOT is_under_way(true) THEN RETURN NEW; END IF;
  END IF;
  IF is_under_way(false) THEN PERFORM refuse_frozen('a row of the plan'); END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER plan_row_kept BEFORE UPDATE OR DELETE ON "plan_row"
  FOR EACH ROW EXECUTE FUNCTION keep_plan_row();
--> statement-breakpoint
CREATE FUNCTION keep_plan_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND ROW(NEW.code, NEW.row_code) = ROW(OLD.code, OLD.row_code) THEN
    RETURN NEW;
  END IF;
  IF is_under_way(false) THEN PERFORM refuse_frozen('the row of an objective'); END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER plan_item_kept BEFORE UPDATE OR DELETE ON "plan_item"
  FOR EACH ROW EXECUTE FUNCTION keep_plan_item();
--> statement-breakpoint
CREATE FUNCTION keep_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_state text;
BEGIN
  IF TG_OP = 'UPDATE' AND ROW(NEW.id, NEW.fiscal_year, NEW.is_demo, NEW.vote_effect)
    = ROW(OLD.id, OLD.fiscal_year, OLD.is_demo, OLD.vote_effect)
  THEN RETURN NEW; END IF;
  FOR v_state IN SELECT state FROM round WHERE cycle_id = OLD.id FOR SHARE LOOP
    IF v_state <> 'draft' THEN PERFORM refuse_frozen('the year and the worth of a vote'); END IF;
  END LOOP;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER cycle_kept BEFORE UPDATE OR DELETE ON "cycle"
  FOR EACH ROW EXECUTE FUNCTION keep_cycle();
--> statement-breakpoint
-- Per statement, because a roll is frozen with hundreds of thousands of rows at once.
CREATE FUNCTION keep_roll() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM changed JOIN round ON round.id = changed.round_id WHERE round.manifest IS NOT NULL;
  IF FOUND THEN PERFORM refuse_frozen('the roll'); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER roll_entry_kept_from_more AFTER INSERT ON "roll_entry"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_roll();
--> statement-breakpoint
CREATE TRIGGER roll_entry_kept_from_fewer AFTER DELETE ON "roll_entry"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_roll();
--> statement-breakpoint
CREATE TRIGGER roll_entry_kept_as_was AFTER UPDATE ON "roll_entry"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_roll();
--> statement-breakpoint
CREATE TRIGGER roll_entry_kept_as_is AFTER UPDATE ON "roll_entry"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_roll();
--> statement-breakpoint
-- The commitment to the roll stands on the DNI's hash of everybody on it.
CREATE FUNCTION keep_resident() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF ROW(NEW.id, NEW.dni_hash) IS DISTINCT FROM ROW(OLD.id, OLD.dni_hash) AND EXISTS (
    SELECT FROM roll_entry e JOIN round r ON r.id = e.round_id
    WHERE e.resident_id = OLD.id AND r.state NOT IN ('draft', 'published')
  ) THEN PERFORM refuse_frozen('a resident of the roll'); END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER resident_kept BEFORE UPDATE OF "id", "dni_hash" ON "resident"
  FOR EACH ROW EXECUTE FUNCTION keep_resident();
--> statement-breakpoint
CREATE FUNCTION keep_from_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM round WHERE state <> 'draft';
  IF FOUND THEN PERFORM refuse_frozen(TG_TABLE_NAME); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER round_not_emptied BEFORE TRUNCATE ON "round"
  FOR EACH STATEMENT EXECUTE FUNCTION keep_from_truncate();
--> statement-breakpoint
CREATE TRIGGER contest_not_emptied BEFORE TRUNCATE ON "contest"
  FOR EACH STATEMENT EXECUTE FUNCTION keep_from_truncate();
--> statement-breakpoint
CREATE TRIGGER envelope_not_emptied BEFORE TRUNCATE ON "envelope"
  FOR EACH STATEMENT EXECUTE FUNCTION keep_from_truncate();
--> statement-breakpoint
CREATE TRIGGER proposal_not_emptied BEFORE TRUNCATE ON "proposal"
  FOR EACH STATEMENT EXECUTE FUNCTION keep_from_truncate();
--> statement-breakpoint
CREATE TRIGGER plan_row_not_emptied BEFORE TRUNCATE ON "plan_row"
  FOR EACH STATEMENT EXECUTE FUNCTION keep_from_truncate();
--> statement-breakpoint
CREATE TRIGGER roll_entry_not_emptied BEFORE TRUNCATE ON "roll_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION keep_from_truncate();
