CREATE TABLE "tablet" (
	"id" text PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"place" text NOT NULL,
	"state" text NOT NULL,
	"list_salt" "bytea" NOT NULL,
	"device_hash" "bytea",
	"check_ins" integer,
	"ballots" integer,
	"vouchers" integer,
	"head" "bytea",
	"lost_reason" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	"synced_at" timestamp with time zone,
	CONSTRAINT "tablet_state_known" CHECK ("tablet"."state" in ('prepared', 'loaded', 'closed', 'synced', 'lost')),
	CONSTRAINT "tablet_loaded_by_a_device" CHECK (("tablet"."state" = 'prepared') <= ("tablet"."device_hash" is null)),
	CONSTRAINT "tablet_minutes_when_closed" CHECK ("tablet"."state" not in ('closed', 'synced') or ("tablet"."head" is not null and "tablet"."check_ins" is not null and "tablet"."ballots" is not null and "tablet"."vouchers" is not null)),
	CONSTRAINT "tablet_ballots_within_check_ins" CHECK ("tablet"."ballots" <= "tablet"."check_ins"),
	CONSTRAINT "tablet_lost_with_a_reason" CHECK (("tablet"."state" = 'lost') = ("tablet"."lost_reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "tablet_resident" (
	"tablet_id" text NOT NULL,
	"round_id" text NOT NULL,
	"resident_id" uuid NOT NULL,
	"group_id" text NOT NULL,
	"list_index" integer NOT NULL,
	"list_hash" "bytea" NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "tablet_resident_pk" PRIMARY KEY("tablet_id","resident_id"),
	CONSTRAINT "tablet_resident_state_known" CHECK ("tablet_resident"."state" in ('reserved', 'voted', 'released'))
);
--> statement-breakpoint
CREATE TABLE "tablet_voucher" (
	"tablet_id" text NOT NULL,
	"group_id" text NOT NULL,
	"blinded_hash" "bytea" NOT NULL,
	"blind_signature" "bytea",
	CONSTRAINT "tablet_voucher_pk" PRIMARY KEY("tablet_id","blinded_hash")
);
--> statement-breakpoint
ALTER TABLE "tablet" ADD CONSTRAINT "tablet_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tablet" ADD CONSTRAINT "tablet_created_by_staff_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tablet_resident" ADD CONSTRAINT "tablet_resident_tablet_id_tablet_id_fk" FOREIGN KEY ("tablet_id") REFERENCES "public"."tablet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tablet_resident" ADD CONSTRAINT "tablet_resident_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tablet_resident" ADD CONSTRAINT "tablet_resident_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tablet_voucher" ADD CONSTRAINT "tablet_voucher_tablet_id_tablet_id_fk" FOREIGN KEY ("tablet_id") REFERENCES "public"."tablet"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tablet_by_round" ON "tablet" USING btree ("round_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "tablet_resident_list_unique" ON "tablet_resident" USING btree ("tablet_id","list_index");--> statement-breakpoint
CREATE UNIQUE INDEX "tablet_resident_one_reservation" ON "tablet_resident" USING btree ("round_id","resident_id") WHERE "tablet_resident"."state" <> 'released';--> statement-breakpoint
CREATE INDEX "tablet_voucher_by_group" ON "tablet_voucher" USING btree ("tablet_id","group_id");--> statement-breakpoint
-- A right that was reserved for a tablet and not used there makes room again. Nothing else of it goes.
CREATE FUNCTION keep_rights() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
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
CREATE TRIGGER credential_kept BEFORE DELETE ON "credential"
  FOR EACH ROW EXECUTE FUNCTION keep_rights();
--> statement-breakpoint
GRANT DELETE ON "credential" TO minka_registry_app;
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON "tablet", "tablet_resident", "tablet_voucher" FROM minka_registry_app;
