ALTER TABLE "agent" DROP CONSTRAINT "agent_state_known";--> statement-breakpoint
ALTER TABLE "agent" DROP CONSTRAINT "agent_decided_as_a_whole";--> statement-breakpoint
DROP INDEX "agent_one_per_cycle";--> statement-breakpoint
ALTER TABLE "letter_batch" ADD COLUMN "approved_by" text;--> statement-breakpoint
ALTER TABLE "letter_batch" ADD COLUMN "approved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "roll_inclusion" ADD COLUMN "dni_sealed" "bytea";--> statement-breakpoint
ALTER TABLE "letter_batch" ADD CONSTRAINT "letter_batch_approved_by_staff_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agent_one_per_cycle" ON "agent" USING btree ("cycle_id","dni_hash") WHERE "agent"."state" not in ('rejected', 'withdrawn');--> statement-breakpoint
ALTER TABLE "agent" ADD CONSTRAINT "agent_state_known" CHECK ("agent"."state" in ('submitted', 'accredited', 'rejected', 'withdrawn'));--> statement-breakpoint
ALTER TABLE "agent" ADD CONSTRAINT "agent_decided_as_a_whole" CHECK (num_nonnulls("agent"."decided_by", "agent"."decided_at") = case when "agent"."state" in ('submitted', 'withdrawn') then 0 else 2 end);--> statement-breakpoint
ALTER TABLE "letter_batch" ADD CONSTRAINT "letter_batch_approved_by_another" CHECK (num_nonnulls("letter_batch"."approved_by", "letter_batch"."approved_at") in (0, 2) and "letter_batch"."approved_by" is distinct from "letter_batch"."requested_by");--> statement-breakpoint
ALTER TABLE "roll_inclusion" ADD CONSTRAINT "roll_inclusion_dni_until_decided" CHECK ("roll_inclusion"."dni_sealed" is null or "roll_inclusion"."state" in ('filed', 'accepted'));--> statement-breakpoint
-- As before, and the whole DNI of what was never decided goes too.
CREATE OR REPLACE FUNCTION anonymise_round(p_round text, p_days integer) RETURNS jsonb
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_table text;
  v_left text[];
  v_later text[];
  v_rows bigint;
  v_done jsonb := '{}';
BEGIN
  UPDATE round SET anonymised_at = now()
    WHERE id = p_round AND state = 'published' AND anonymised_at IS NULL
      AND published_at + make_interval(days => greatest(p_days, 15)) <= now();
  IF NOT FOUND THEN RETURN NULL; END IF;
  INSERT INTO round_count (round_id, kind, place, people)
    SELECT p_round, 'eligible', district_code, count(*) FROM roll_entry
    WHERE round_id = p_round GROUP BY district_code;
  INSERT INTO round_count (round_id, kind, place, channel, people)
    SELECT p_round, 'issued', group_id, channel, count(*) FROM credential
    WHERE round_id = p_round GROUP BY group_id, channel;
  UPDATE roll_challenge SET subject_hash = NULL, subject_last_two = NULL, evidence_sealed = NULL,
    filer_hash = NULL, resident_id = NULL WHERE round_id = p_round;
  UPDATE roll_inclusion SET dni_hash = NULL, dni_last_two = NULL, names_sealed = NULL,
    phone_sealed = NULL, grounds_sealed = NULL, dni_sealed = NULL WHERE round_id = p_round;
  SELECT array_agg(of.relname ORDER BY of.relname = 'roll_entry', of.relname = 'credential', of.relname)
    INTO v_left
    FROM pg_class of
    WHERE of.relnamespace = 'public'::regnamespace AND of.relkind = 'r'
      AND of.relname <> 'roll_challenge'
      AND (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = of.oid AND NOT a.attisdropped
        AND a.attname IN ('round_id', 'resident_id')) = 2;
  -- What is referred to goes after what refers to it.
  WHILE cardinality(v_left) > 0 LOOP
    v_later := '{}';
    FOREACH v_table IN ARRAY v_left LOOP
      BEGIN
        EXECUTE format('DELETE FROM %I WHERE round_id = $1', v_table) USING p_round;
        GET DIAGNOSTICS v_rows = ROW_COUNT;
        v_done := v_done || jsonb_build_object(v_table, v_rows);
      EXCEPTION WHEN foreign_key_violation THEN
        v_later := v_later || v_table;
      END;
    END LOOP;
    IF cardinality(v_later) = cardinality(v_left) THEN
      RAISE EXCEPTION 'rows about people of % are referred to from elsewhere: %', p_round, v_later;
    END IF;
    v_left := v_later;
  END LOOP;
  RETURN v_done;
END $$;
