CREATE TABLE "roll_addition" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"dni_hash" "bytea" NOT NULL,
	"dni_last_two" text NOT NULL,
	"district_code" text NOT NULL,
	"phone_sealed" "bytea",
	"phone_hash" "bytea",
	"name_sealed" "bytea",
	"name_hash" "bytea",
	"reason" text NOT NULL,
	"asked_by" text NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'proposed' NOT NULL,
	"decided_at" timestamp with time zone,
	CONSTRAINT "roll_addition_state_known" CHECK ("roll_addition"."state" in ('proposed', 'applied', 'declined'))
);
--> statement-breakpoint
CREATE TABLE "roll_freeze" (
	"round_id" text PRIMARY KEY NOT NULL,
	"version" integer,
	"people" integer NOT NULL,
	"per_district" jsonb NOT NULL,
	"frozen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "roll_import" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"state" text NOT NULL,
	"file_name" text NOT NULL,
	"file_size" bigint NOT NULL,
	"file_modified" bigint NOT NULL,
	"received_bytes" bigint DEFAULT 0 NOT NULL,
	"file_sha256" "bytea",
	"file_key" "bytea",
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"problem" text,
	"problem_row" integer,
	"format" jsonb,
	"headers" jsonb,
	"sample_sealed" "bytea",
	"mapping" jsonb,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"rows_accepted" integer DEFAULT 0 NOT NULL,
	"rows_rejected" integer DEFAULT 0 NOT NULL,
	"preview" jsonb,
	"base_version" integer,
	"reason" text,
	"decided_at" timestamp with time zone,
	"rows_erased_at" timestamp with time zone,
	CONSTRAINT "roll_import_state_known" CHECK ("roll_import"."state" in ('uploading', 'inspecting', 'mapping', 'parsing', 'previewed', 'proposed', 'applying', 'applied', 'declined', 'withdrawn', 'failed')),
	CONSTRAINT "roll_import_received_range" CHECK ("roll_import"."received_bytes" between 0 and "roll_import"."file_size"),
	CONSTRAINT "roll_import_failed_with_a_reason" CHECK (("roll_import"."state" = 'failed') = ("roll_import"."problem" is not null))
);
--> statement-breakpoint
CREATE TABLE "roll_import_row" (
	"import_id" uuid NOT NULL,
	"row_number" integer NOT NULL,
	"accepted" boolean NOT NULL,
	"reason" text,
	"dni_hash" "bytea",
	"dni_last_two" text,
	"district_code" text,
	"phone_sealed" "bytea",
	"phone_hash" "bytea",
	"name_sealed" "bytea",
	"name_hash" "bytea",
	"cells_sealed" "bytea",
	CONSTRAINT "roll_import_row_pk" PRIMARY KEY("import_id","row_number"),
	CONSTRAINT "roll_import_row_accepted_whole" CHECK (not "roll_import_row"."accepted" or num_nulls("roll_import_row"."dni_hash", "roll_import_row"."dni_last_two", "roll_import_row"."district_code") = 0),
	CONSTRAINT "roll_import_row_rejected_with_a_reason" CHECK ("roll_import_row"."accepted" or "roll_import_row"."reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "roll_mapping" (
	"signature" "bytea" PRIMARY KEY NOT NULL,
	"mapping" jsonb NOT NULL,
	"used_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "roll_version" (
	"number" integer PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"import_id" uuid,
	"people" integer NOT NULL,
	"per_district" jsonb NOT NULL,
	"asked_by" text NOT NULL,
	"approved_by" text NOT NULL,
	"applied_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "roll_version_kind_known" CHECK ("roll_version"."kind" in ('import', 'addition', 'removal')),
	CONSTRAINT "roll_version_positive" CHECK ("roll_version"."number" >= 1)
);
--> statement-breakpoint
CREATE TABLE "letter_batch" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"round_id" text NOT NULL,
	"district_code" text,
	"first_letter" integer NOT NULL,
	"last_letter" integer NOT NULL,
	"reason" text NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"printed_at" timestamp with time zone,
	"letters" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "letter_batch_range" CHECK ("letter_batch"."first_letter" >= 1 and "letter_batch"."last_letter" >= "letter_batch"."first_letter")
);
--> statement-breakpoint
CREATE TABLE "letter_code" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"round_id" text NOT NULL,
	"resident_id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"key" varchar(255) PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sms_message" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"payload_sealed" "bytea",
	"state" text DEFAULT 'queued' NOT NULL,
	"gateway" smallint DEFAULT 0 NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"gateway_ref" text,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sms_message_state_known" CHECK ("sms_message"."state" in ('queued', 'sending', 'sent', 'delivered', 'failed', 'capped', 'void')),
	CONSTRAINT "sms_message_gateway_known" CHECK ("sms_message"."gateway" between 0 and 2)
);
--> statement-breakpoint
CREATE TABLE "voter_identity_attempt" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"purpose" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "resident" ADD COLUMN "phone_hash" "bytea";--> statement-breakpoint
ALTER TABLE "resident" ADD COLUMN "name_sealed" "bytea";--> statement-breakpoint
ALTER TABLE "resident" ADD COLUMN "name_hash" "bytea";--> statement-breakpoint
ALTER TABLE "resident" ADD COLUMN "left_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "resident" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "verification_attempt" ADD COLUMN "channel" text DEFAULT 'sms' NOT NULL;--> statement-breakpoint
ALTER TABLE "round" ADD COLUMN "channels" text[] DEFAULT '{"sms","desk"}' NOT NULL;--> statement-breakpoint
ALTER TABLE "roll_addition" ADD CONSTRAINT "roll_addition_asked_by_staff_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_freeze" ADD CONSTRAINT "roll_freeze_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_freeze" ADD CONSTRAINT "roll_freeze_version_roll_version_number_fk" FOREIGN KEY ("version") REFERENCES "public"."roll_version"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_import" ADD CONSTRAINT "roll_import_created_by_staff_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_import_row" ADD CONSTRAINT "roll_import_row_import_id_roll_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."roll_import"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_version" ADD CONSTRAINT "roll_version_import_id_roll_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."roll_import"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letter_batch" ADD CONSTRAINT "letter_batch_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letter_batch" ADD CONSTRAINT "letter_batch_district_code_district_code_fk" FOREIGN KEY ("district_code") REFERENCES "public"."district"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letter_batch" ADD CONSTRAINT "letter_batch_requested_by_staff_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letter_code" ADD CONSTRAINT "letter_code_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letter_code" ADD CONSTRAINT "letter_code_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "letter_code" ADD CONSTRAINT "letter_code_batch_id_letter_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."letter_batch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voter_identity_attempt" ADD CONSTRAINT "voter_identity_attempt_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "roll_addition_one_open" ON "roll_addition" USING btree ("dni_hash") WHERE "roll_addition"."state" = 'proposed';--> statement-breakpoint
CREATE INDEX "roll_import_by_time" ON "roll_import" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "roll_import_one_proposed" ON "roll_import" USING btree ((true)) WHERE "roll_import"."state" in ('proposed', 'applying');--> statement-breakpoint
CREATE INDEX "roll_import_row_told" ON "roll_import_row" USING btree ("import_id","row_number") WHERE "roll_import_row"."reason" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "roll_version_once_per_import" ON "roll_version" USING btree ("import_id");--> statement-breakpoint
CREATE INDEX "letter_batch_by_round" ON "letter_batch" USING btree ("round_id","requested_at");--> statement-breakpoint
CREATE UNIQUE INDEX "letter_code_one_that_counts" ON "letter_code" USING btree ("round_id","resident_id") WHERE "letter_code"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "letter_code_by_batch" ON "letter_code" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "rate_limit_by_expire" ON "rate_limit" USING btree ("expire");--> statement-breakpoint
CREATE INDEX "sms_message_due" ON "sms_message" USING btree ("due_at") WHERE "sms_message"."state" in ('queued', 'sending', 'sent');--> statement-breakpoint
CREATE INDEX "sms_message_by_gateway_ref" ON "sms_message" USING btree ("gateway_ref");--> statement-breakpoint
CREATE INDEX "sms_message_by_age" ON "sms_message" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "resident_by_phone" ON "resident" USING btree ("phone_hash") WHERE "resident"."phone_hash" is not null;--> statement-breakpoint
CREATE INDEX "resident_left" ON "resident" USING btree ("left_at") WHERE "resident"."left_at" is not null;--> statement-breakpoint
ALTER TABLE "resident" ADD CONSTRAINT "resident_erased_whole" CHECK ("resident"."erased_at" is null or ("resident"."left_at" is not null and num_nonnulls("resident"."phone_sealed", "resident"."phone_hash", "resident"."name_sealed", "resident"."name_hash") = 0));--> statement-breakpoint
ALTER TABLE "verification_attempt" ADD CONSTRAINT "verification_attempt_channel_known" CHECK ("verification_attempt"."channel" in ('sms', 'letter'));--> statement-breakpoint
ALTER TABLE "round" ADD CONSTRAINT "round_channels_known" CHECK ("round"."channels" <@ array['sms', 'letter', 'desk', 'oidc'] and cardinality("round"."channels") > 0);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "sms_message", "letter_batch", "letter_code", "voter_identity_attempt", "rate_limit" TO minka_registry_app;
--> statement-breakpoint
-- Which letters were printed, for whom and why, is never taken back: their codes are revoked.
REVOKE DELETE, TRUNCATE ON "letter_batch", "letter_code" FROM minka_registry_app;
--> statement-breakpoint
-- How people show who they are is told before the vote opens, and stays as it was told.
CREATE FUNCTION keep_channels() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND NEW.channels IS DISTINCT FROM OLD.channels THEN
    PERFORM refuse_frozen('how voters are verified');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER round_channels_kept BEFORE UPDATE OF "channels" ON "round"
  FOR EACH ROW EXECUTE FUNCTION keep_channels();
