CREATE TABLE "approval" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"reason" text NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"decision" text,
	CONSTRAINT "approval_kind_known" CHECK ("approval"."kind" in ('staff.recovery')),
	CONSTRAINT "approval_by_two_people" CHECK ("approval"."decided_by" <> "approval"."requested_by"),
	CONSTRAINT "approval_decided_as_a_whole" CHECK (num_nonnulls("approval"."decided_by", "approval"."decided_at", "approval"."decision") in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "passkey" (
	"id" text PRIMARY KEY NOT NULL,
	"staff_id" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"removed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "passkey_challenge" (
	"challenge" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "passkey_challenge_purpose_known" CHECK ("passkey_challenge"."purpose" in ('sign-in', 'enrol'))
);
--> statement-breakpoint
ALTER TABLE "sign_in_ticket" ADD COLUMN "kind" text DEFAULT 'enrol' NOT NULL;--> statement-breakpoint
ALTER TABLE "approval" ADD CONSTRAINT "approval_requested_by_staff_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval" ADD CONSTRAINT "approval_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "approval_one_open" ON "approval" USING btree ("kind","subject") WHERE "approval"."decision" is null;--> statement-breakpoint
CREATE INDEX "passkey_by_staff" ON "passkey" USING btree ("staff_id");--> statement-breakpoint
ALTER TABLE "sign_in_ticket" ADD CONSTRAINT "sign_in_ticket_kind_known" CHECK ("sign_in_ticket"."kind" in ('demo', 'enrol', 'passkey'));--> statement-breakpoint
-- A decision and who asked for it stay; a passkey is retired, never forgotten.
REVOKE DELETE, TRUNCATE ON "approval", "passkey" FROM minka_registry_app;
--> statement-breakpoint
CREATE FUNCTION keep_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.decision IS NOT NULL
    OR (NEW.id, NEW.kind, NEW.subject, NEW.reason, NEW.requested_by, NEW.requested_at)
      IS DISTINCT FROM (OLD.id, OLD.kind, OLD.subject, OLD.reason, OLD.requested_by, OLD.requested_at)
  THEN
    RAISE EXCEPTION 'an approval is asked once and decided once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER approval_kept BEFORE UPDATE ON "approval"
  FOR EACH ROW EXECUTE FUNCTION keep_approval();
