CREATE TABLE "assembly" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"request_key" uuid NOT NULL,
	"name" text NOT NULL,
	"place" text NOT NULL,
	"day" date NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"opened_by" text NOT NULL,
	"closed_by" text,
	CONSTRAINT "assembly_state_known" CHECK ("assembly"."state" in ('open', 'closed')),
	CONSTRAINT "assembly_closed_by_somebody" CHECK (("assembly"."state" = 'closed') = ("assembly"."closed_by" is not null))
);
--> statement-breakpoint
CREATE TABLE "assembly_arrivals" (
	"assembly_id" uuid NOT NULL,
	"quarter" text NOT NULL,
	"people" integer NOT NULL,
	CONSTRAINT "assembly_arrivals_pk" PRIMARY KEY("assembly_id","quarter"),
	CONSTRAINT "assembly_arrivals_quarter" CHECK ("assembly_arrivals"."quarter" ~ '^([01][0-9]|2[0-3]):(00|15|30|45)$'),
	CONSTRAINT "assembly_arrivals_positive" CHECK ("assembly_arrivals"."people" >= 1)
);
--> statement-breakpoint
CREATE TABLE "assembly_attendance" (
	"assembly_id" uuid NOT NULL,
	"resident_id" uuid NOT NULL,
	CONSTRAINT "assembly_attendance_pk" PRIMARY KEY("assembly_id","resident_id")
);
--> statement-breakpoint
CREATE TABLE "assembly_guest" (
	"request_key" uuid PRIMARY KEY NOT NULL,
	"assembly_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk_line" (
	"round_id" text NOT NULL,
	"place_id" uuid NOT NULL,
	"day" date NOT NULL,
	"last_number" integer DEFAULT 0 NOT NULL,
	"last_position" integer DEFAULT 0 NOT NULL,
	"served" integer DEFAULT 0 NOT NULL,
	"served_seconds" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "desk_line_pk" PRIMARY KEY("round_id","place_id","day"),
	CONSTRAINT "desk_line_not_negative" CHECK (least("desk_line"."last_number", "desk_line"."last_position", "desk_line"."served", "desk_line"."served_seconds") >= 0)
);
--> statement-breakpoint
CREATE TABLE "desk_turn" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"round_id" text NOT NULL,
	"place_id" uuid NOT NULL,
	"day" date NOT NULL,
	"number" integer NOT NULL,
	"position" integer NOT NULL,
	"is_preferential" boolean NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"resident_id" uuid,
	"arrived_at" timestamp with time zone DEFAULT now(),
	"called_by" text,
	"serving_since" timestamp with time zone,
	"times_called" integer DEFAULT 0 NOT NULL,
	"call_key" uuid,
	"outcome" text,
	CONSTRAINT "desk_turn_state_known" CHECK ("desk_turn"."state" in ('waiting', 'called', 'serving', 'done', 'left')),
	CONSTRAINT "desk_turn_person_while_it_lasts" CHECK (num_nonnulls("desk_turn"."resident_id", "desk_turn"."arrived_at") = case when "desk_turn"."state" in ('done', 'left') then 0 else 2 end),
	CONSTRAINT "desk_turn_called_by_somebody" CHECK (("desk_turn"."state" not in ('called', 'serving')) or "desk_turn"."called_by" is not null),
	CONSTRAINT "desk_turn_timed_while_served" CHECK (("desk_turn"."state" = 'serving') = ("desk_turn"."serving_since" is not null)),
	CONSTRAINT "desk_turn_outcome_when_done" CHECK (("desk_turn"."state" = 'done') = ("desk_turn"."outcome" is not null)),
	CONSTRAINT "desk_turn_outcome_known" CHECK ("desk_turn"."outcome" in ('kiosk', 'paper', 'without-vote'))
);
--> statement-breakpoint
CREATE TABLE "desk_incident" (
	"id" uuid PRIMARY KEY NOT NULL,
	"shift_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"words" text NOT NULL,
	CONSTRAINT "desk_incident_kind_known" CHECK ("desk_incident"."kind" in ('identity', 'roll', 'equipment', 'network', 'paper', 'conduct', 'other'))
);
--> statement-breakpoint
CREATE TABLE "desk_place" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk_shift" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"request_key" uuid NOT NULL,
	"officer_id" text NOT NULL,
	"place_id" uuid NOT NULL,
	"device" text NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"opening_figures" jsonb NOT NULL,
	"opening_papers" integer NOT NULL,
	"closed_at" timestamp with time zone,
	"closing_figures" jsonb,
	"closing_papers" integer,
	"spoiled_papers" integer,
	"handover_note" text,
	"alone_reason" text,
	"signed_by" text,
	"signed_at" timestamp with time zone,
	CONSTRAINT "desk_shift_papers_not_negative" CHECK ("desk_shift"."opening_papers" >= 0),
	CONSTRAINT "desk_shift_closing_not_negative" CHECK (least("desk_shift"."closing_papers", "desk_shift"."spoiled_papers") >= 0),
	CONSTRAINT "desk_shift_closed_as_a_whole" CHECK (num_nonnulls("desk_shift"."closed_at", "desk_shift"."closing_figures", "desk_shift"."closing_papers", "desk_shift"."spoiled_papers", "desk_shift"."handover_note") in (0, 5)),
	CONSTRAINT "desk_shift_signed_after_closing" CHECK (num_nonnulls("desk_shift"."signed_by", "desk_shift"."signed_at") = 0 or ("desk_shift"."closed_at" is not null and num_nonnulls("desk_shift"."signed_by", "desk_shift"."signed_at") = 2)),
	CONSTRAINT "desk_shift_signed_by_another" CHECK ("desk_shift"."signed_by" <> "desk_shift"."officer_id"),
	CONSTRAINT "desk_shift_alone_after_closing" CHECK ("desk_shift"."alone_reason" is null or "desk_shift"."closed_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "desk_shift_count" (
	"shift_id" uuid NOT NULL,
	"what" text NOT NULL,
	"times" integer NOT NULL,
	CONSTRAINT "desk_shift_count_pk" PRIMARY KEY("shift_id","what"),
	CONSTRAINT "desk_shift_count_known" CHECK ("desk_shift_count"."what" in ('lookups', 'unknown', 'queued', 'called', 'kiosk', 'paper', 'without-vote', 'left', 'attended', 'helped')),
	CONSTRAINT "desk_shift_count_positive" CHECK ("desk_shift_count"."times" >= 1)
);
--> statement-breakpoint
ALTER TABLE "desk_help" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "assembly" ADD CONSTRAINT "assembly_opened_by_staff_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assembly" ADD CONSTRAINT "assembly_closed_by_staff_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assembly_arrivals" ADD CONSTRAINT "assembly_arrivals_assembly_id_assembly_id_fk" FOREIGN KEY ("assembly_id") REFERENCES "public"."assembly"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assembly_attendance" ADD CONSTRAINT "assembly_attendance_assembly_id_assembly_id_fk" FOREIGN KEY ("assembly_id") REFERENCES "public"."assembly"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assembly_attendance" ADD CONSTRAINT "assembly_attendance_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assembly_guest" ADD CONSTRAINT "assembly_guest_assembly_id_assembly_id_fk" FOREIGN KEY ("assembly_id") REFERENCES "public"."assembly"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_line" ADD CONSTRAINT "desk_line_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_line" ADD CONSTRAINT "desk_line_place_id_desk_place_id_fk" FOREIGN KEY ("place_id") REFERENCES "public"."desk_place"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_turn" ADD CONSTRAINT "desk_turn_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_turn" ADD CONSTRAINT "desk_turn_called_by_staff_id_fk" FOREIGN KEY ("called_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_turn" ADD CONSTRAINT "desk_turn_in_a_line" FOREIGN KEY ("round_id","place_id","day") REFERENCES "public"."desk_line"("round_id","place_id","day") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_incident" ADD CONSTRAINT "desk_incident_shift_id_desk_shift_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."desk_shift"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_shift" ADD CONSTRAINT "desk_shift_officer_id_staff_id_fk" FOREIGN KEY ("officer_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_shift" ADD CONSTRAINT "desk_shift_place_id_desk_place_id_fk" FOREIGN KEY ("place_id") REFERENCES "public"."desk_place"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_shift" ADD CONSTRAINT "desk_shift_signed_by_staff_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_shift_count" ADD CONSTRAINT "desk_shift_count_shift_id_desk_shift_id_fk" FOREIGN KEY ("shift_id") REFERENCES "public"."desk_shift"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "assembly_request_unique" ON "assembly" USING btree ("request_key");--> statement-breakpoint
CREATE INDEX "assembly_by_day" ON "assembly" USING btree ("day");--> statement-breakpoint
CREATE INDEX "assembly_guest_by_assembly" ON "assembly_guest" USING btree ("assembly_id");--> statement-breakpoint
CREATE UNIQUE INDEX "desk_turn_number_unique" ON "desk_turn" USING btree ("round_id","place_id","day","number");--> statement-breakpoint
CREATE UNIQUE INDEX "desk_turn_one_per_resident" ON "desk_turn" USING btree ("round_id","resident_id") WHERE "desk_turn"."state" in ('waiting', 'called', 'serving');--> statement-breakpoint
CREATE UNIQUE INDEX "desk_turn_one_per_officer" ON "desk_turn" USING btree ("called_by") WHERE "desk_turn"."state" in ('called', 'serving');--> statement-breakpoint
CREATE UNIQUE INDEX "desk_turn_call_unique" ON "desk_turn" USING btree ("call_key");--> statement-breakpoint
CREATE INDEX "desk_incident_by_shift" ON "desk_incident" USING btree ("shift_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "desk_place_name_unique" ON "desk_place" USING btree (lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "desk_shift_request_unique" ON "desk_shift" USING btree ("request_key");--> statement-breakpoint
CREATE UNIQUE INDEX "desk_shift_one_open" ON "desk_shift" USING btree ("officer_id") WHERE "desk_shift"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "desk_shift_by_opening" ON "desk_shift" USING btree ("opened_at");--> statement-breakpoint
ALTER TABLE "desk_help" ADD CONSTRAINT "desk_help_reason_known" CHECK ("desk_help"."reason" in ('reading', 'marking', 'language', 'other'));--> statement-breakpoint
GRANT SELECT, INSERT ON "desk_place", "desk_shift", "desk_shift_count", "desk_incident", "desk_line", "desk_turn", "assembly", "assembly_attendance", "assembly_arrivals", "assembly_guest" TO minka_registry_app;
--> statement-breakpoint
GRANT UPDATE ON "desk_shift", "desk_shift_count", "desk_line", "desk_turn", "assembly", "assembly_arrivals" TO minka_registry_app;
--> statement-breakpoint
-- What was written down at the desk stays; people leave the queue by an update that forgets them.
REVOKE DELETE, TRUNCATE ON "desk_place", "desk_shift", "desk_shift_count", "desk_incident", "desk_line", "desk_turn", "assembly", "assembly_attendance", "assembly_arrivals", "assembly_guest" FROM minka_registry_app;
--> statement-breakpoint
REVOKE UPDATE ON "desk_place", "desk_incident", "assembly_attendance", "assembly_guest" FROM minka_registry_app;
--> statement-breakpoint
CREATE TRIGGER desk_incident_append_only BEFORE UPDATE OR DELETE ON "desk_incident"
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
-- A shift is closed once and signed once; its own words and figures stay from then on.
CREATE FUNCTION guard_desk_shift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a shift of the desk stays' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.id, NEW.request_key, NEW.officer_id, NEW.place_id, NEW.device, NEW.opened_at, NEW.opening_figures, NEW.opening_papers)
    IS DISTINCT FROM (OLD.id, OLD.request_key, OLD.officer_id, OLD.place_id, OLD.device, OLD.opened_at, OLD.opening_figures, OLD.opening_papers)
  THEN
    RAISE EXCEPTION 'how a shift began does not change' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.closed_at IS NOT NULL AND
    (NEW.closed_at, NEW.closing_figures, NEW.closing_papers, NEW.spoiled_papers, NEW.handover_note, NEW.alone_reason)
    IS DISTINCT FROM (OLD.closed_at, OLD.closing_figures, OLD.closing_papers, OLD.spoiled_papers, OLD.handover_note, OLD.alone_reason)
  THEN
    RAISE EXCEPTION 'a closed shift does not change' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.signed_by IS NOT NULL AND (NEW.signed_by, NEW.signed_at) IS DISTINCT FROM (OLD.signed_by, OLD.signed_at) THEN
    RAISE EXCEPTION 'a signature stays' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER desk_shift_guarded BEFORE UPDATE OR DELETE ON "desk_shift"
  FOR EACH ROW EXECUTE FUNCTION guard_desk_shift();
--> statement-breakpoint
-- Incidents and figures belong to a shift that lasts.
CREATE FUNCTION guard_open_shift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM desk_shift WHERE id = NEW.shift_id AND closed_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this shift is closed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER desk_incident_in_open_shift BEFORE INSERT ON "desk_incident"
  FOR EACH ROW EXECUTE FUNCTION guard_open_shift();
--> statement-breakpoint
CREATE TRIGGER desk_shift_count_in_open_shift BEFORE INSERT OR UPDATE ON "desk_shift_count"
  FOR EACH ROW EXECUTE FUNCTION guard_open_shift();
--> statement-breakpoint
-- A closed attendance list takes nobody more.
CREATE FUNCTION guard_attendance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM assembly WHERE id = NEW.assembly_id AND state = 'open' FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this attendance list is closed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER assembly_attendance_guarded BEFORE INSERT ON "assembly_attendance"
  FOR EACH ROW EXECUTE FUNCTION guard_attendance();
--> statement-breakpoint
CREATE TRIGGER assembly_guest_guarded BEFORE INSERT ON "assembly_guest"
  FOR EACH ROW EXECUTE FUNCTION guard_attendance();
