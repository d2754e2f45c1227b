CREATE TABLE "audit_entry" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"details" jsonb NOT NULL,
	"previous_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "credential" (
	"round_id" text NOT NULL,
	"resident_id" uuid NOT NULL,
	"group_id" text NOT NULL,
	"channel" text NOT NULL,
	"blinded_hash" "bytea" NOT NULL,
	"blind_signature" "bytea",
	"issued_on" date NOT NULL,
	CONSTRAINT "credential_one_per_resident" PRIMARY KEY("round_id","resident_id")
);
--> statement-breakpoint
CREATE TABLE "issuer_log" (
	"round_id" text NOT NULL,
	"group_id" text NOT NULL,
	"blinded_hash" "bytea" NOT NULL,
	CONSTRAINT "issuer_log_pk" PRIMARY KEY("round_id","blinded_hash")
);
--> statement-breakpoint
CREATE TABLE "cycle" (
	"id" text PRIMARY KEY NOT NULL,
	"fiscal_year" integer NOT NULL,
	"name_es" text NOT NULL,
	"name_en" text NOT NULL,
	"ordinance_number" text,
	"ordinance_date" date,
	"ceiling_cents" bigint NOT NULL,
	"vote_effect" text NOT NULL,
	"calendar" jsonb NOT NULL,
	"state" text NOT NULL,
	"previous_cycle_id" text,
	"is_demo" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cycle_vote_effect_known" CHECK ("cycle"."vote_effect" in ('consultivo', 'criterio', 'vinculante')),
	CONSTRAINT "cycle_state_known" CHECK ("cycle"."state" in ('draft', 'current', 'closed')),
	CONSTRAINT "cycle_ceiling_positive" CHECK ("cycle"."ceiling_cents" >= 0)
);
--> statement-breakpoint
CREATE TABLE "dimension_weight" (
	"cycle_id" text NOT NULL,
	"dimension_code" text NOT NULL,
	"weight_bp" integer NOT NULL,
	"decision_id" text,
	CONSTRAINT "dimension_weight_pk" PRIMARY KEY("cycle_id","dimension_code"),
	CONSTRAINT "dimension_weight_range" CHECK ("dimension_weight"."weight_bp" between 0 and 10000)
);
--> statement-breakpoint
CREATE TABLE "envelope" (
	"id" text PRIMARY KEY NOT NULL,
	"cycle_id" text NOT NULL,
	"scope" text NOT NULL,
	"district_code" text,
	"dimension_code" text,
	"amount_cents" bigint NOT NULL,
	"origin" text NOT NULL,
	CONSTRAINT "envelope_amount_positive" CHECK ("envelope"."amount_cents" >= 0),
	CONSTRAINT "envelope_scope_matches" CHECK (("envelope"."scope" = 'province' and "envelope"."district_code" is null and "envelope"."dimension_code" is null)
       or ("envelope"."scope" = 'district' and "envelope"."district_code" is not null and "envelope"."dimension_code" is null)
       or ("envelope"."scope" = 'dimension' and "envelope"."dimension_code" is not null and "envelope"."district_code" is null))
);
--> statement-breakpoint
CREATE TABLE "district" (
	"code" text PRIMARY KEY NOT NULL,
	"reniec_code" text NOT NULL,
	"name" text NOT NULL,
	"population" integer NOT NULL,
	"population_year" integer NOT NULL,
	"poverty_tenths" integer NOT NULL,
	"poverty_year" integer NOT NULL,
	"hdi_milli" integer NOT NULL,
	"hdi_year" integer NOT NULL,
	"latitude" double precision NOT NULL,
	"longitude" double precision NOT NULL,
	"area_km2" double precision NOT NULL,
	"altitude_m" double precision NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dimension" (
	"code" text PRIMARY KEY NOT NULL,
	"position" integer NOT NULL,
	"name_es" text NOT NULL,
	"name_en" text NOT NULL,
	"introduction" text
);
--> statement-breakpoint
CREATE TABLE "plan_document" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"introduction" text,
	"vision" text,
	"vision_year" integer,
	"goal_year" integer,
	"citation" text,
	"source_name" text NOT NULL,
	"source_sha256" text NOT NULL,
	"warnings" jsonb NOT NULL,
	"imported_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_item" (
	"code" text PRIMARY KEY NOT NULL,
	"row_code" text NOT NULL,
	"kind" text NOT NULL,
	"position" integer NOT NULL,
	"official_text" text,
	"title_es" text NOT NULL,
	"title_en" text NOT NULL,
	"summary_es" text,
	"summary_en" text,
	"edited_at" timestamp with time zone,
	"heading" text,
	"duplicate_of" text,
	"similar_to" text[] DEFAULT '{}' NOT NULL,
	"truncated" boolean DEFAULT false NOT NULL,
	"in_document" boolean DEFAULT false NOT NULL,
	"source_lines" integer[] DEFAULT '{}' NOT NULL,
	"competence" text,
	"feedback_role" text,
	"indicator" text,
	"baseline" text,
	"target_value" text,
	"target_year" integer,
	"indicator_source" text
);
--> statement-breakpoint
CREATE TABLE "plan_row" (
	"code" text PRIMARY KEY NOT NULL,
	"dimension_code" text NOT NULL,
	"position" integer NOT NULL,
	"label_es" text NOT NULL,
	"label_en" text NOT NULL,
	"title_es" text NOT NULL,
	"title_en" text NOT NULL,
	"summary_es" text NOT NULL,
	"summary_en" text NOT NULL,
	"edited_at" timestamp with time zone,
	"in_document" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_row_goal_link" (
	"row_code" text NOT NULL,
	"goal_code" text NOT NULL,
	CONSTRAINT "plan_row_goal_link_pk" PRIMARY KEY("row_code","goal_code")
);
--> statement-breakpoint
CREATE TABLE "priority_adoption" (
	"proposal_id" text PRIMARY KEY NOT NULL,
	"next_cycle_id" text NOT NULL,
	"adopted_by" text NOT NULL,
	"adopted_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "priority_decision" (
	"id" text PRIMARY KEY NOT NULL,
	"proposal_id" text NOT NULL,
	"dimension_code" text NOT NULL,
	"proposed_bp" integer NOT NULL,
	"adopted_bp" integer NOT NULL,
	"reason" text NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "priority_decision_reason_given" CHECK (length(btrim("priority_decision"."reason")) >= 10),
	CONSTRAINT "priority_decision_range" CHECK ("priority_decision"."adopted_bp" between 0 and 10000)
);
--> statement-breakpoint
CREATE TABLE "priority_proposal" (
	"id" text PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"next_cycle_id" text NOT NULL,
	"document" jsonb NOT NULL,
	"document_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proposal" (
	"code" text PRIMARY KEY NOT NULL,
	"cycle_id" text NOT NULL,
	"envelope_id" text NOT NULL,
	"district_code" text,
	"title_es" text NOT NULL,
	"title_en" text NOT NULL,
	"label_es" text NOT NULL,
	"label_en" text NOT NULL,
	"what_es" text NOT NULL,
	"what_en" text NOT NULL,
	"where_es" text NOT NULL,
	"where_en" text NOT NULL,
	"why_es" text NOT NULL,
	"why_en" text NOT NULL,
	"cost_cents" bigint NOT NULL,
	"beneficiaries" integer,
	"proposer_kind" text NOT NULL,
	"proposer_name" text NOT NULL,
	"state" text NOT NULL,
	"reason_es" text,
	"reason_en" text,
	"merged_into" text,
	"competence" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "proposal_cost_positive" CHECK ("proposal"."cost_cents" > 0),
	CONSTRAINT "proposal_refusal_has_reason" CHECK ("proposal"."state" not in ('rejected', 'merged') or "proposal"."reason_es" is not null)
);
--> statement-breakpoint
CREATE TABLE "proposal_milestone" (
	"proposal_code" text NOT NULL,
	"position" integer NOT NULL,
	"stage" text NOT NULL,
	"happened_on" text NOT NULL,
	"spent_cents" bigint NOT NULL,
	"note_es" text NOT NULL,
	"note_en" text NOT NULL,
	CONSTRAINT "proposal_milestone_pk" PRIMARY KEY("proposal_code","position")
);
--> statement-breakpoint
CREATE TABLE "proposal_objective" (
	"proposal_code" text NOT NULL,
	"objective_code" text NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "proposal_objective_pk" PRIMARY KEY("proposal_code","objective_code")
);
--> statement-breakpoint
CREATE TABLE "result" (
	"round_id" text NOT NULL,
	"version" integer NOT NULL,
	"engine" text NOT NULL,
	"input_hash" text NOT NULL,
	"document" jsonb NOT NULL,
	"tallied_at" timestamp with time zone DEFAULT now() NOT NULL,
	"published_at" timestamp with time zone,
	CONSTRAINT "result_pk" PRIMARY KEY("round_id","version")
);
--> statement-breakpoint
CREATE TABLE "outbox_message" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"phone" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "resident" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"dni_hash" "bytea" NOT NULL,
	"dni_last_two" text NOT NULL,
	"district_code" text NOT NULL,
	"phone_sealed" "bytea"
);
--> statement-breakpoint
CREATE TABLE "roll_entry" (
	"round_id" text NOT NULL,
	"resident_id" uuid NOT NULL,
	"district_code" text NOT NULL,
	CONSTRAINT "roll_entry_pk" PRIMARY KEY("round_id","resident_id")
);
--> statement-breakpoint
CREATE TABLE "verification_attempt" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"dni_hash" "bytea" NOT NULL,
	"resident_id" uuid,
	"code_hash" "bytea" NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "verification_attempt_tries_range" CHECK ("verification_attempt"."tries" between 0 and 5)
);
--> statement-breakpoint
CREATE TABLE "voter_session" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"resident_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contest" (
	"round_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"position" integer NOT NULL,
	"envelope_id" text,
	"rule" jsonb NOT NULL,
	CONSTRAINT "contest_pk" PRIMARY KEY("round_id","id"),
	CONSTRAINT "contest_allocates_an_envelope" CHECK (("contest"."kind" = 'allocate') = ("contest"."envelope_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "round" (
	"id" text PRIMARY KEY NOT NULL,
	"cycle_id" text NOT NULL,
	"screen_code" text NOT NULL,
	"name_es" text NOT NULL,
	"name_en" text NOT NULL,
	"state" text NOT NULL,
	"opens_at" timestamp with time zone NOT NULL,
	"closes_at" timestamp with time zone NOT NULL,
	"live_policy" text NOT NULL,
	"min_group" integer DEFAULT 20 NOT NULL,
	"lot_seed" text,
	"manifest" text,
	"manifest_hash" text,
	"job_note" text,
	"job_progress" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	"published_at" timestamp with time zone,
	CONSTRAINT "round_closes_after_opening" CHECK ("round"."closes_at" > "round"."opens_at"),
	CONSTRAINT "round_manifest_when_open" CHECK ("round"."state" in ('draft', 'opening') or "round"."manifest_hash" is not null)
);
--> statement-breakpoint
CREATE TABLE "sign_in_ticket" (
	"ticket_hash" "bytea" PRIMARY KEY NOT NULL,
	"staff_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" text PRIMARY KEY NOT NULL,
	"display_name" text NOT NULL,
	"email" text NOT NULL,
	"disabled_at" timestamp with time zone,
	"is_demo" text DEFAULT 'no' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff_role" (
	"staff_id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "staff_role_pk" PRIMARY KEY("staff_id","role"),
	CONSTRAINT "staff_role_known" CHECK ("staff_role"."role" in ('administrator', 'officer', 'technical-team', 'councillor'))
);
--> statement-breakpoint
CREATE TABLE "staff_session" (
	"id_hash" "bytea" PRIMARY KEY NOT NULL,
	"staff_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "credential" ADD CONSTRAINT "credential_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credential" ADD CONSTRAINT "credential_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dimension_weight" ADD CONSTRAINT "dimension_weight_cycle_id_cycle_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dimension_weight" ADD CONSTRAINT "dimension_weight_dimension_code_dimension_code_fk" FOREIGN KEY ("dimension_code") REFERENCES "public"."dimension"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelope" ADD CONSTRAINT "envelope_cycle_id_cycle_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelope" ADD CONSTRAINT "envelope_district_code_district_code_fk" FOREIGN KEY ("district_code") REFERENCES "public"."district"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "envelope" ADD CONSTRAINT "envelope_dimension_code_dimension_code_fk" FOREIGN KEY ("dimension_code") REFERENCES "public"."dimension"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_item" ADD CONSTRAINT "plan_item_row_code_plan_row_code_fk" FOREIGN KEY ("row_code") REFERENCES "public"."plan_row"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_row" ADD CONSTRAINT "plan_row_dimension_code_dimension_code_fk" FOREIGN KEY ("dimension_code") REFERENCES "public"."dimension"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_row_goal_link" ADD CONSTRAINT "plan_row_goal_link_row_code_plan_row_code_fk" FOREIGN KEY ("row_code") REFERENCES "public"."plan_row"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_row_goal_link" ADD CONSTRAINT "plan_row_goal_link_goal_code_plan_item_code_fk" FOREIGN KEY ("goal_code") REFERENCES "public"."plan_item"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "priority_adoption" ADD CONSTRAINT "priority_adoption_proposal_id_priority_proposal_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."priority_proposal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "priority_adoption" ADD CONSTRAINT "priority_adoption_next_cycle_id_cycle_id_fk" FOREIGN KEY ("next_cycle_id") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "priority_adoption" ADD CONSTRAINT "priority_adoption_adopted_by_staff_id_fk" FOREIGN KEY ("adopted_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "priority_decision" ADD CONSTRAINT "priority_decision_proposal_id_priority_proposal_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."priority_proposal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "priority_decision" ADD CONSTRAINT "priority_decision_dimension_code_dimension_code_fk" FOREIGN KEY ("dimension_code") REFERENCES "public"."dimension"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "priority_decision" ADD CONSTRAINT "priority_decision_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "priority_proposal" ADD CONSTRAINT "priority_proposal_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "priority_proposal" ADD CONSTRAINT "priority_proposal_next_cycle_id_cycle_id_fk" FOREIGN KEY ("next_cycle_id") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_cycle_id_cycle_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_envelope_id_envelope_id_fk" FOREIGN KEY ("envelope_id") REFERENCES "public"."envelope"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_district_code_district_code_fk" FOREIGN KEY ("district_code") REFERENCES "public"."district"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_milestone" ADD CONSTRAINT "proposal_milestone_proposal_code_proposal_code_fk" FOREIGN KEY ("proposal_code") REFERENCES "public"."proposal"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_objective" ADD CONSTRAINT "proposal_objective_proposal_code_proposal_code_fk" FOREIGN KEY ("proposal_code") REFERENCES "public"."proposal"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_objective" ADD CONSTRAINT "proposal_objective_objective_code_plan_item_code_fk" FOREIGN KEY ("objective_code") REFERENCES "public"."plan_item"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "result" ADD CONSTRAINT "result_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resident" ADD CONSTRAINT "resident_district_code_district_code_fk" FOREIGN KEY ("district_code") REFERENCES "public"."district"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_entry" ADD CONSTRAINT "roll_entry_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_entry" ADD CONSTRAINT "roll_entry_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roll_entry" ADD CONSTRAINT "roll_entry_district_code_district_code_fk" FOREIGN KEY ("district_code") REFERENCES "public"."district"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verification_attempt" ADD CONSTRAINT "verification_attempt_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "verification_attempt" ADD CONSTRAINT "verification_attempt_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voter_session" ADD CONSTRAINT "voter_session_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voter_session" ADD CONSTRAINT "voter_session_resident_id_resident_id_fk" FOREIGN KEY ("resident_id") REFERENCES "public"."resident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contest" ADD CONSTRAINT "contest_round_id_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contest" ADD CONSTRAINT "contest_envelope_id_envelope_id_fk" FOREIGN KEY ("envelope_id") REFERENCES "public"."envelope"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round" ADD CONSTRAINT "round_cycle_id_cycle_id_fk" FOREIGN KEY ("cycle_id") REFERENCES "public"."cycle"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_ticket" ADD CONSTRAINT "sign_in_ticket_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_role" ADD CONSTRAINT "staff_role_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_session" ADD CONSTRAINT "staff_session_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_entry_by_subject" ON "audit_entry" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "credential_by_group" ON "credential" USING btree ("round_id","group_id");--> statement-breakpoint
CREATE INDEX "issuer_log_by_group" ON "issuer_log" USING btree ("round_id","group_id");--> statement-breakpoint
CREATE UNIQUE INDEX "cycle_fiscal_year_unique" ON "cycle" USING btree ("fiscal_year");--> statement-breakpoint
CREATE UNIQUE INDEX "envelope_one_per_scope" ON "envelope" USING btree ("cycle_id","scope",coalesce("district_code", ''),coalesce("dimension_code", ''));--> statement-breakpoint
CREATE UNIQUE INDEX "district_reniec_code_unique" ON "district" USING btree ("reniec_code");--> statement-breakpoint
CREATE INDEX "priority_adoption_by_cycle" ON "priority_adoption" USING btree ("next_cycle_id");--> statement-breakpoint
CREATE UNIQUE INDEX "priority_decision_one_per_dimension" ON "priority_decision" USING btree ("proposal_id","dimension_code");--> statement-breakpoint
CREATE INDEX "proposal_by_cycle" ON "proposal" USING btree ("cycle_id","state");--> statement-breakpoint
CREATE INDEX "proposal_by_envelope" ON "proposal" USING btree ("envelope_id");--> statement-breakpoint
CREATE INDEX "proposal_objective_by_objective" ON "proposal_objective" USING btree ("objective_code");--> statement-breakpoint
CREATE INDEX "outbox_message_by_phone" ON "outbox_message" USING btree ("phone","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "resident_dni_hash_unique" ON "resident" USING btree ("dni_hash");--> statement-breakpoint
CREATE INDEX "resident_by_district" ON "resident" USING btree ("district_code");--> statement-breakpoint
CREATE INDEX "roll_entry_by_district" ON "roll_entry" USING btree ("round_id","district_code");--> statement-breakpoint
CREATE INDEX "verification_attempt_by_dni" ON "verification_attempt" USING btree ("dni_hash","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "round_screen_code_unique" ON "round" USING btree ("screen_code");--> statement-breakpoint
CREATE INDEX "round_by_cycle" ON "round" USING btree ("cycle_id");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_email_unique" ON "staff" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "staff_session_by_staff" ON "staff_session" USING btree ("staff_id");