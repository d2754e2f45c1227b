CREATE TABLE "agent" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" text NOT NULL,
	"cycle_id" text NOT NULL,
	"dni_hash" "bytea" NOT NULL,
	"dni_last_two" text NOT NULL,
	"names_sealed" "bytea" NOT NULL,
	"organisation" text NOT NULL,
	"organisation_kind" text NOT NULL,
	"district_code" text NOT NULL,
	"certificate_number" text NOT NULL,
	"certificate_on" date NOT NULL,
	"consent_hash" "bytea" NOT NULL,
	"received_by" text,
	"submitted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'submitted' NOT NULL,
	"reason" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "agent_state_known" CHECK ("agent"."state" in ('submitted', 'accredited', 'rejected')),
	CONSTRAINT "agent_decided_as_a_whole" CHECK (num_nonnulls("agent"."decided_by", "agent"."decided_at") = case "agent"."state" when 'submitted' then 0 else 2 end),
	CONSTRAINT "agent_rejected_with_a_reason" CHECK ("agent"."state" <> 'rejected' or "agent"."reason" is not null),
	CONSTRAINT "agent_not_by_who_took_it" CHECK ("agent"."decided_by" <> "agent"."received_by")
);
--> statement-breakpoint
CREATE TABLE "roll_challenge" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" text NOT NULL,
	"round_id" text NOT NULL,
	"kind" text NOT NULL,
	"district_code" text NOT NULL,
	"subject_hash" "bytea",
	"subject_last_two" text,
	"resident_id" uuid,
	"evidence_sealed" "bytea",
	"filer_hash" "bytea",
	"received_by" text,
	"filed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'filed' NOT NULL,
	"reason" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "roll_challenge_kind_known" CHECK ("roll_challenge"."kind" in ('deceased', 'not-resident', 'repeated', 'other')),
	CONSTRAINT "roll_challenge_state_known" CHECK ("roll_challenge"."state" in ('filed', 'accepted', 'applied', 'rejected')),
	CONSTRAINT "roll_challenge_decided_as_a_whole" CHECK (num_nonnulls("roll_challenge"."reason", "roll_challenge"."decided_by", "roll_challenge"."decided_at") = case "roll_challenge"."state" when 'filed' then 0 else 3 end),
	CONSTRAINT "roll_challenge_not_by_who_filed" CHECK ("roll_challenge"."decided_by" <> "roll_challenge"."received_by")
);
--> statement-breakpoint
CREATE TABLE "roll_exclusion" (
	"round_id" text NOT NULL,
	"resident_id" uuid NOT NULL,
	"challenge_id" uuid NOT NULL,
	CONSTRAINT "roll_exclusion_pk" PRIMARY KEY("round_id","resident_id")
);
--> statement-breakpoint
CREATE TABLE "roll_inclusion" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" text NOT NULL,
	"round_id" text NOT NULL,
	"district_code" text NOT NULL,
	"dni_hash" "bytea",
	"dni_last_two" text,
	"names_sealed" "bytea",
	"phone_sealed" "bytea",
	"grounds_sealed" "bytea",
	"received_by" text,
	"filed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'filed' NOT NULL,
	"reason" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "roll_inclusion_state_known" CHECK ("roll_inclusion"."state" in ('filed', 'accepted', 'applied', 'rejected')),
	CONSTRAINT "roll_inclusion_decided_as_a_whole" CHECK (num_nonnulls("roll_inclusion"."reason", "roll_inclusion"."decided_by", "roll_inclusion"."decided_at") = case "roll_inclusion"."state" when 'filed' then 0 else 3 end),
	CONSTRAINT "roll_inclusion_not_by_who_filed" CHECK ("roll_inclusion"."decided_by" <> "roll_inclusion"."received_by")
);
--> statement-breakpoint
CREATE TABLE "consent_acceptance" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"resident_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"accepted_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consent_text" (
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"hash" "bytea" NOT NULL,
	"text_es" text NOT NULL,
	"text_en" text NOT NULL,
	"first_shown_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "consent_text_pk" PRIMARY KEY("kind","version")
);
--> statement-breakpoint
CREATE TABLE "data_incident" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"request_key" uuid NOT NULL,
	"what" text NOT NULL,
	"data_kinds" text NOT NULL,
	"people" integer,
	"measures" text NOT NULL,
	"known_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" text NOT NULL,
	"authority_told_at" timestamp with time zone,
	"people_told_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"closing_note" text,
	CONSTRAINT "data_incident_known_before_recorded" CHECK ("data_incident"."known_at" <= "data_incident"."recorded_at"),
	CONSTRAINT "data_incident_people_not_negative" CHECK ("data_incident"."people" >= 0),
	CONSTRAINT "data_incident_told_after_known" CHECK (least("data_incident"."authority_told_at", "data_incident"."people_told_at") >= "data_incident"."known_at"),
	CONSTRAINT "data_incident_closed_when_told" CHECK ("data_incident"."closed_at" is null or ("data_incident"."authority_told_at" is not null and "data_incident"."closing_note" is not null))
);
--> statement-breakpoint
CREATE TABLE "data_request" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"number" text NOT NULL,
	"resident_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"detail_sealed" "bytea" NOT NULL,
	"received_by" text,
	"filed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_on" date NOT NULL,
	"extended_reason" text,
	"outcome" text,
	"answer_sealed" "bytea",
	"answered_by" text,
	"answered_at" timestamp with time zone,
	CONSTRAINT "data_request_kind_known" CHECK ("data_request"."kind" in ('access', 'rectification', 'erasure', 'opposition')),
	CONSTRAINT "data_request_outcome_known" CHECK ("data_request"."outcome" in ('granted', 'partly', 'refused')),
	CONSTRAINT "data_request_answered_as_a_whole" CHECK (num_nonnulls("data_request"."outcome", "data_request"."answer_sealed", "data_request"."answered_by", "data_request"."answered_at") in (0, 4))
);
--> statement-breakpoint
CREATE TABLE "round_count" (
	"round_id" text NOT NULL,
	"kind" text NOT NULL,
	"place" text NOT NULL,
	"channel" text DEFAULT '' NOT NULL,
	"people" integer NOT NULL,
	CONSTRAINT "round_count_pk" PRIMARY KEY("round_id","kind","place","channel"),
	CONSTRAINT "round_count_kind_known" CHECK ("round_count"."kind" in ('eligible', 'issued'))
);
--> statement-breakpoint
ALTER TABLE "round" ADD COLUMN "lists_open_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "round" ADD COLUMN "challenges_close_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "round" ADD COLUMN "final_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "round" ADD COLUMN "anonymised_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "agent" ADD CONSTRAINT "agent_cycle_id_cycle_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent" ADD CONSTRAINT "agent_district_code_district_code_fk" FOREIGN KEY ("district_code") REFERENCES "public"."district"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent" ADD CONSTRAINT "agent_received_by_staff_id_fk" FOREIGN KEY ("received_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent" ADD CONSTRAINT "agent_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_challenge" ADD CONSTRAINT "roll_challenge_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_challenge" ADD CONSTRAINT "roll_challenge_district_code_district_code_fk" FOREIGN KEY ("district_code") REFERENCES "public"."district"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_challenge" ADD CONSTRAINT "roll_challenge_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_challenge" ADD CONSTRAINT "roll_challenge_received_by_staff_id_fk" FOREIGN KEY ("received_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_challenge" ADD CONSTRAINT "roll_challenge_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_exclusion" ADD CONSTRAINT "roll_exclusion_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_exclusion" ADD CONSTRAINT "roll_exclusion_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_exclusion" ADD CONSTRAINT "roll_exclusion_challenge_id_roll_challenge_id_fk" FOREIGN KEY ("challenge_id") REFERENCES "public"."roll_challenge"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_inclusion" ADD CONSTRAINT "roll_inclusion_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_inclusion" ADD CONSTRAINT "roll_inclusion_district_code_district_code_fk" FOREIGN KEY ("district_code") REFERENCES "public"."district"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_inclusion" ADD CONSTRAINT "roll_inclusion_received_by_staff_id_fk" FOREIGN KEY ("received_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_inclusion" ADD CONSTRAINT "roll_inclusion_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_acceptance" ADD CONSTRAINT "consent_acceptance_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_incident" ADD CONSTRAINT "data_incident_recorded_by_staff_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_request" ADD CONSTRAINT "data_request_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_request" ADD CONSTRAINT "data_request_received_by_staff_id_fk" FOREIGN KEY ("received_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data_request" ADD CONSTRAINT "data_request_answered_by_staff_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round_count" ADD CONSTRAINT "round_count_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agent_number_unique" ON "agent" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "agent_one_per_cycle" ON "agent" USING btree ("cycle_id","dni_hash") WHERE "agent"."state" <> 'rejected';--> statement-breakpoint
CREATE INDEX "agent_by_cycle" ON "agent" USING btree ("cycle_id","state","organisation");--> statement-breakpoint
CREATE UNIQUE INDEX "roll_challenge_number_unique" ON "roll_challenge" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "roll_challenge_filed_once" ON "roll_challenge" USING btree ("round_id","filer_hash","subject_hash","kind");--> statement-breakpoint
CREATE INDEX "roll_challenge_by_round" ON "roll_challenge" USING btree ("round_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "roll_inclusion_number_unique" ON "roll_inclusion" USING btree ("number");--> statement-breakpoint
CREATE INDEX "roll_inclusion_by_round" ON "roll_inclusion" USING btree ("round_id","state");--> statement-breakpoint
CREATE INDEX "roll_inclusion_by_dni" ON "roll_inclusion" USING btree ("dni_hash","filed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "consent_acceptance_once" ON "consent_acceptance" USING btree ("resident_id","kind","version");--> statement-breakpoint
CREATE UNIQUE INDEX "data_incident_request_unique" ON "data_incident" USING btree ("request_key");--> statement-breakpoint
CREATE INDEX "data_incident_by_known" ON "data_incident" USING btree ("known_at");--> statement-breakpoint
CREATE UNIQUE INDEX "data_request_number_unique" ON "data_request" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "data_request_one_open" ON "data_request" USING btree ("resident_id","kind") WHERE "data_request"."outcome" is null;--> statement-breakpoint
CREATE INDEX "data_request_by_due" ON "data_request" USING btree ("due_on");--> statement-breakpoint
ALTER TABLE "round" ADD CONSTRAINT "round_list_dates_in_order" CHECK (num_nonnulls("round"."lists_open_at", "round"."challenges_close_at", "round"."final_at") in (0, 3) and ("round"."lists_open_at" is null or ("round"."lists_open_at" < "round"."challenges_close_at" and "round"."challenges_close_at" < "round"."final_at" and "round"."final_at" <= "round"."opens_at")));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "agent", "consent_text", "consent_acceptance", "data_request", "data_incident", "roll_challenge", "roll_inclusion", "roll_exclusion", "round_count" TO minka_registry_app;
--> statement-breakpoint
-- What was asked, decided, accepted or happened stays; the words of a consent never change.
REVOKE DELETE, TRUNCATE ON "agent", "data_request", "data_incident", "roll_challenge", "roll_inclusion" FROM minka_registry_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON "consent_text", "consent_acceptance", "roll_exclusion", "round_count" FROM minka_registry_app;
--> statement-breakpoint
CREATE TRIGGER consent_text_stays BEFORE UPDATE OR DELETE ON "consent_text"
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
-- The calendar of the lists is part of what was announced: it ends to change with the draft. A round
-- becomes anonymous once, when it was published at least fifteen days ago.
CREATE FUNCTION keep_round_lists() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND (NEW.lists_open_at, NEW.challenges_close_at, NEW.final_at)
    IS DISTINCT FROM (OLD.lists_open_at, OLD.challenges_close_at, OLD.final_at)
  THEN PERFORM refuse_frozen('the calendar of the lists'); END IF;
  IF NEW.anonymised_at IS DISTINCT FROM OLD.anonymised_at AND (
    OLD.anonymised_at IS NOT NULL OR OLD.state <> 'published' OR OLD.published_at IS NULL
    OR OLD.published_at + interval '15 days' > now()
  ) THEN
    RAISE EXCEPTION 'a round becomes anonymous once, after the time for challenges'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'round_anonymous_in_time';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER round_lists_kept BEFORE UPDATE OF "lists_open_at", "challenges_close_at", "final_at", "anonymised_at" ON "round"
  FOR EACH ROW EXECUTE FUNCTION keep_round_lists();
--> statement-breakpoint
CREATE FUNCTION is_anonymous(p_round text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM round WHERE id = p_round AND anonymised_at IS NOT NULL)
$$;
--> statement-breakpoint
-- Rows about a person of an anonymous round may go, and nothing else that is append-only.
CREATE OR REPLACE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_LEVEL = 'ROW' THEN
    IF to_jsonb(OLD) ? 'resident_id' AND is_anonymous(to_jsonb(OLD) ->> 'round_id') THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION keep_rights() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF is_anonymous(OLD.round_id) THEN RETURN OLD; END IF;
  PERFORM FROM tablet_resident
    WHERE round_id = OLD.round_id AND resident_id = OLD.resident_id AND state = 'released';
  IF OLD.channel = 'tablet' AND FOUND THEN
    PERFORM FROM tablet_resident
      WHERE round_id = OLD.round_id AND resident_id = OLD.resident_id AND state <> 'released';
    IF NOT FOUND THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'a right that was given out stays given out' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION keep_roll() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM changed JOIN round ON round.id = changed.round_id
    WHERE round.manifest IS NOT NULL AND NOT (TG_OP = 'DELETE' AND round.anonymised_at IS NOT NULL);
  IF FOUND THEN PERFORM refuse_frozen('the roll'); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Erases what leads from a round to people: every row that names a resident of it, whatever table it
-- stands in, today's and tomorrow's. Null when it is not yet time. The application may call it and
-- nothing else: it deletes none of these rows by itself.
CREATE FUNCTION anonymise_round(p_round text, p_days integer) RETURNS jsonb
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
    phone_sealed = NULL, grounds_sealed = NULL WHERE round_id = p_round;
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
--> statement-breakpoint
REVOKE ALL ON FUNCTION anonymise_round(text, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION anonymise_round(text, integer) TO minka_registry_app;
