CREATE TABLE "paper_check_in" (
	"round_id" text NOT NULL,
	"resident_id" uuid NOT NULL,
	"table_id" uuid NOT NULL,
	"stub" integer NOT NULL,
	CONSTRAINT "paper_check_in_pk" PRIMARY KEY("round_id","resident_id"),
	CONSTRAINT "paper_check_in_stub_positive" CHECK ("paper_check_in"."stub" >= 1)
);
--> statement-breakpoint
CREATE TABLE "paper_entry" (
	"table_id" uuid NOT NULL,
	"pass" smallint NOT NULL,
	"number" integer NOT NULL,
	"choices" jsonb,
	CONSTRAINT "paper_entry_pk" PRIMARY KEY("table_id","pass","number"),
	CONSTRAINT "paper_entry_pass_range" CHECK ("paper_entry"."pass" between 1 and 3),
	CONSTRAINT "paper_entry_number_positive" CHECK ("paper_entry"."number" >= 1)
);
--> statement-breakpoint
CREATE TABLE "paper_photo" (
	"table_id" uuid PRIMARY KEY NOT NULL,
	"media_type" text NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "paper_photo_type_known" CHECK ("paper_photo"."media_type" in ('image/jpeg', 'image/png'))
);
--> statement-breakpoint
CREATE TABLE "paper_table" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"request_key" uuid NOT NULL,
	"round_id" text NOT NULL,
	"number" integer NOT NULL,
	"group_id" text NOT NULL,
	"place" text NOT NULL,
	"papers" integer NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"opened_by" text NOT NULL,
	"closed_by" text,
	"check_ins" integer,
	"ballots" integer,
	"spoiled" integer,
	"unused" integer,
	"photo_sha256" "bytea",
	"first_by" text,
	"second_by" text,
	"third_by" text,
	"first_done" boolean DEFAULT false NOT NULL,
	"second_done" boolean DEFAULT false NOT NULL,
	CONSTRAINT "paper_table_state_known" CHECK ("paper_table"."state" in ('open', 'closed', 'keying', 'arbitration', 'reconciled')),
	CONSTRAINT "paper_table_papers_range" CHECK ("paper_table"."papers" between 1 and 20000),
	CONSTRAINT "paper_table_minutes_when_closed" CHECK (num_nulls("paper_table"."closed_by", "paper_table"."check_ins", "paper_table"."ballots", "paper_table"."spoiled", "paper_table"."unused", "paper_table"."photo_sha256") = case when "paper_table"."state" = 'open' then 6 else 0 end),
	CONSTRAINT "paper_table_minutes_not_negative" CHECK (least("paper_table"."check_ins", "paper_table"."ballots", "paper_table"."spoiled", "paper_table"."unused") >= 0),
	CONSTRAINT "paper_table_minutes_account_for_papers" CHECK ("paper_table"."ballots" + "paper_table"."spoiled" + "paper_table"."unused" = "paper_table"."papers"),
	CONSTRAINT "paper_table_urn_within_check_ins" CHECK ("paper_table"."ballots" + "paper_table"."spoiled" <= "paper_table"."check_ins"),
	CONSTRAINT "paper_table_two_officers" CHECK ("paper_table"."first_by" <> "paper_table"."second_by"),
	CONSTRAINT "paper_table_third_officer" CHECK ("paper_table"."third_by" <> "paper_table"."first_by" and "paper_table"."third_by" <> "paper_table"."second_by"),
	CONSTRAINT "paper_table_reconciled_by_two" CHECK ("paper_table"."state" not in ('arbitration', 'reconciled') or ("paper_table"."first_by" is not null and "paper_table"."second_by" is not null and "paper_table"."first_done" and "paper_table"."second_done"))
);
--> statement-breakpoint
CREATE TABLE "desk_help" (
	"round_id" text NOT NULL,
	"resident_id" uuid NOT NULL,
	"helper_hash" "bytea" NOT NULL,
	"place" smallint NOT NULL,
	"recorded_by" text NOT NULL,
	CONSTRAINT "desk_help_pk" PRIMARY KEY("round_id","resident_id"),
	CONSTRAINT "desk_help_at_most_three" CHECK ("desk_help"."place" between 1 and 3)
);
--> statement-breakpoint
CREATE TABLE "desk_visit" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"round_id" text NOT NULL,
	"resident_id" uuid NOT NULL,
	"kiosk_id" uuid NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"code_turn" integer DEFAULT 1 NOT NULL,
	"expires_at" timestamp with time zone,
	"opened_by" text NOT NULL,
	"day" date NOT NULL,
	CONSTRAINT "desk_visit_state_known" CHECK ("desk_visit"."state" in ('waiting', 'voting', 'paused', 'voted', 'left')),
	CONSTRAINT "desk_visit_timed_while_it_lasts" CHECK (("desk_visit"."state" in ('voted', 'left')) = ("desk_visit"."expires_at" is null))
);
--> statement-breakpoint
CREATE TABLE "kiosk" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"wrong_codes" integer DEFAULT 0 NOT NULL,
	"set_up_by" text NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "credential" ALTER COLUMN "blinded_hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "voter_session" ADD COLUMN "channel" text DEFAULT 'phone' NOT NULL;--> statement-breakpoint
ALTER TABLE "paper_check_in" ADD CONSTRAINT "paper_check_in_table_id_paper_table_id_fk" FOREIGN KEY ("table_id") REFERENCES "public"."paper_table"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_check_in" ADD CONSTRAINT "paper_check_in_takes_the_right" FOREIGN KEY ("round_id","resident_id") REFERENCES "public"."credential"("round_id","resident_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_entry" ADD CONSTRAINT "paper_entry_table_id_paper_table_id_fk" FOREIGN KEY ("table_id") REFERENCES "public"."paper_table"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_photo" ADD CONSTRAINT "paper_photo_table_id_paper_table_id_fk" FOREIGN KEY ("table_id") REFERENCES "public"."paper_table"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_table" ADD CONSTRAINT "paper_table_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_table" ADD CONSTRAINT "paper_table_opened_by_staff_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_table" ADD CONSTRAINT "paper_table_closed_by_staff_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_table" ADD CONSTRAINT "paper_table_first_by_staff_id_fk" FOREIGN KEY ("first_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_table" ADD CONSTRAINT "paper_table_second_by_staff_id_fk" FOREIGN KEY ("second_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_table" ADD CONSTRAINT "paper_table_third_by_staff_id_fk" FOREIGN KEY ("third_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_help" ADD CONSTRAINT "desk_help_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_help" ADD CONSTRAINT "desk_help_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_help" ADD CONSTRAINT "desk_help_recorded_by_staff_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_visit" ADD CONSTRAINT "desk_visit_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_visit" ADD CONSTRAINT "desk_visit_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_visit" ADD CONSTRAINT "desk_visit_kiosk_id_kiosk_id_fk" FOREIGN KEY ("kiosk_id") REFERENCES "public"."kiosk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_visit" ADD CONSTRAINT "desk_visit_opened_by_staff_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kiosk" ADD CONSTRAINT "kiosk_set_up_by_staff_id_fk" FOREIGN KEY ("set_up_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "paper_check_in_stub_unique" ON "paper_check_in" USING btree ("table_id","stub");--> statement-breakpoint
CREATE UNIQUE INDEX "paper_table_request_unique" ON "paper_table" USING btree ("request_key");--> statement-breakpoint
CREATE UNIQUE INDEX "paper_table_number_unique" ON "paper_table" USING btree ("round_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "desk_help_place_unique" ON "desk_help" USING btree ("round_id","helper_hash","place");--> statement-breakpoint
CREATE UNIQUE INDEX "desk_visit_one_per_resident" ON "desk_visit" USING btree ("round_id","resident_id") WHERE "desk_visit"."state" in ('waiting', 'voting', 'paused');--> statement-breakpoint
CREATE UNIQUE INDEX "desk_visit_one_per_kiosk" ON "desk_visit" USING btree ("kiosk_id") WHERE "desk_visit"."state" in ('waiting', 'voting', 'paused');--> statement-breakpoint
CREATE UNIQUE INDEX "kiosk_token_unique" ON "kiosk" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "kiosk_name_in_use_unique" ON "kiosk" USING btree ("name") WHERE "kiosk"."revoked_at" is null;--> statement-breakpoint
ALTER TABLE "credential" ADD CONSTRAINT "credential_channel_known" CHECK ("credential"."channel" in ('phone', 'desk', 'paper', 'tablet'));--> statement-breakpoint
ALTER TABLE "credential" ADD CONSTRAINT "credential_signed_unless_paper" CHECK (case "credential"."channel" when 'paper' then num_nonnulls("credential"."blinded_hash", "credential"."blind_signature") = 0 when 'tablet' then true else "credential"."blinded_hash" is not null end);--> statement-breakpoint
ALTER TABLE "voter_session" ADD CONSTRAINT "voter_session_channel_known" CHECK ("voter_session"."channel" in ('phone', 'desk'));--> statement-breakpoint
-- Minutes, photos, stubs and help are written once.
REVOKE DELETE, TRUNCATE ON "paper_table", "kiosk", "desk_visit" FROM minka_registry_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON "paper_photo", "paper_check_in", "desk_help" FROM minka_registry_app;
--> statement-breakpoint
CREATE FUNCTION guard_paper_table() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  valid integer;
  void integer;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' THEN
      RAISE EXCEPTION 'a paper table begins open' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' OR OLD.state = 'reconciled' THEN
    RAISE EXCEPTION 'paper table % does not change any more', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.id, NEW.request_key, NEW.round_id, NEW.number, NEW.group_id, NEW.place, NEW.papers, NEW.opened_by)
    IS DISTINCT FROM (OLD.id, OLD.request_key, OLD.round_id, OLD.number, OLD.group_id, OLD.place, OLD.papers, OLD.opened_by)
  THEN
    RAISE EXCEPTION 'what paper table % is does not change', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state <> 'open' AND
    (NEW.closed_by, NEW.check_ins, NEW.ballots, NEW.spoiled, NEW.unused, NEW.photo_sha256)
    IS DISTINCT FROM (OLD.closed_by, OLD.check_ins, OLD.ballots, OLD.spoiled, OLD.unused, OLD.photo_sha256)
  THEN
    RAISE EXCEPTION 'the minutes of paper table % stay', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
    ('open', 'closed'), ('closed', 'keying'), ('keying', 'arbitration'), ('keying', 'reconciled'),
    ('arbitration', 'reconciled')
  ) THEN
    RAISE EXCEPTION 'paper table % cannot go from % to %', OLD.number, OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state = 'closed' AND NEW.state = 'keying' AND NOT EXISTS (
    SELECT FROM round_note
    WHERE round_id = NEW.round_id AND id = 'paper-minutes:mesa-' || NEW.number AND sent_at IS NOT NULL
  ) THEN
    RAISE EXCEPTION 'the public record has no minutes of paper table %', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state IN ('open', 'closed') AND num_nonnulls(NEW.first_by, NEW.second_by, NEW.third_by) > 0 THEN
    RAISE EXCEPTION 'nobody keys paper table % yet', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  IF (OLD.first_done AND (NEW.first_done, NEW.first_by) IS DISTINCT FROM (OLD.first_done, OLD.first_by))
    OR (OLD.second_done AND (NEW.second_done, NEW.second_by) IS DISTINCT FROM (OLD.second_done, OLD.second_by))
  THEN
    RAISE EXCEPTION 'a finished entry of paper table % stays', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'reconciled' THEN
    SELECT count(*) FILTER (WHERE last.choices IS NOT NULL), count(*) FILTER (WHERE last.choices IS NULL)
      INTO valid, void
      FROM (
        SELECT DISTINCT ON (number) number, choices FROM paper_entry
        WHERE table_id = NEW.id AND pass IN (1, 3) ORDER BY number, pass DESC
      ) AS last;
    IF valid <> NEW.ballots OR void <> NEW.spoiled THEN
      RAISE EXCEPTION 'the entries of paper table % are not what its minutes say', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER paper_table_guarded BEFORE INSERT OR UPDATE OR DELETE ON "paper_table"
  FOR EACH ROW EXECUTE FUNCTION guard_paper_table();
--> statement-breakpoint
CREATE FUNCTION guard_paper_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entry paper_entry := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  place paper_table;
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.table_id, NEW.pass, NEW.number) IS DISTINCT FROM (OLD.table_id, OLD.pass, OLD.number) THEN
    RAISE EXCEPTION 'an entry keeps its number' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT * INTO STRICT place FROM paper_table WHERE id = entry.table_id FOR SHARE;
  IF (entry.pass = 1 AND place.state = 'keying' AND place.first_by IS NOT NULL AND NOT place.first_done)
    OR (entry.pass = 2 AND place.state = 'keying' AND place.second_by IS NOT NULL AND NOT place.second_done)
    OR (entry.pass = 3 AND place.state = 'arbitration' AND place.third_by IS NOT NULL)
  THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  RAISE EXCEPTION 'paper table % takes no such entry now', place.number USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER paper_entry_guarded BEFORE INSERT OR UPDATE OR DELETE ON "paper_entry"
  FOR EACH ROW EXECUTE FUNCTION guard_paper_entry();
--> statement-breakpoint
CREATE FUNCTION guard_paper_check_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM paper_table WHERE id = NEW.table_id AND round_id = NEW.round_id AND state = 'open' FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this paper table gives out no ballots' USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM FROM credential
    WHERE round_id = NEW.round_id AND resident_id = NEW.resident_id AND channel = 'paper';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this right is not one on paper' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER paper_check_in_guarded BEFORE INSERT ON "paper_check_in"
  FOR EACH ROW EXECUTE FUNCTION guard_paper_check_in();
--> statement-breakpoint
CREATE TRIGGER paper_check_in_append_only BEFORE UPDATE OR DELETE ON "paper_check_in"
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER paper_photo_append_only BEFORE UPDATE OR DELETE ON "paper_photo"
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER paper_table_no_truncate BEFORE TRUNCATE ON "paper_table"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER paper_photo_no_truncate BEFORE TRUNCATE ON "paper_photo"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER paper_check_in_no_truncate BEFORE TRUNCATE ON "paper_check_in"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER paper_entry_no_truncate BEFORE TRUNCATE ON "paper_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
