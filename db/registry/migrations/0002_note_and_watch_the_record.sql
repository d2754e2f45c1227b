CREATE TABLE "audit_check" (
	"checked_at" timestamp with time zone PRIMARY KEY NOT NULL,
	"entries" bigint NOT NULL,
	"head_hash" "bytea" NOT NULL,
	"problem" jsonb
);
--> statement-breakpoint
CREATE TABLE "monitor_check" (
	"round_id" text NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"holds" boolean NOT NULL,
	"problems" jsonb NOT NULL,
	"figures" jsonb NOT NULL,
	CONSTRAINT "monitor_check_pk" PRIMARY KEY("round_id","checked_at")
);
--> statement-breakpoint
CREATE TABLE "round_note" (
	"round_id" text NOT NULL,
	"id" text NOT NULL,
	"text" text NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "round_note_pk" PRIMARY KEY("round_id","id")
);
--> statement-breakpoint
ALTER TABLE "round" ADD COLUMN "roll_salt" "bytea";--> statement-breakpoint
ALTER TABLE "round" ADD COLUMN "announced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "monitor_check" ADD CONSTRAINT "monitor_check_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round_note" ADD CONSTRAINT "round_note_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "round_note_unsent" ON "round_note" USING btree ("round_id") WHERE "round_note"."sent_at" is null;--> statement-breakpoint
-- What was said to the record stays said: only the moment it was sent is filled in.
REVOKE UPDATE, DELETE, TRUNCATE ON "round_note", "audit_check" FROM minka_registry_app;
--> statement-breakpoint
GRANT UPDATE ("sent_at") ON "round_note" TO minka_registry_app;
--> statement-breakpoint
REVOKE UPDATE, TRUNCATE ON "monitor_check" FROM minka_registry_app;
--> statement-breakpoint
CREATE TRIGGER round_note_text_stays BEFORE DELETE OR UPDATE OF "round_id", "id", "text" ON "round_note"
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
