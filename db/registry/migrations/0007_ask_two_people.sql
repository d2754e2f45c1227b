CREATE TABLE "identity_attempt" (
	"state_hash" "bytea" PRIMARY KEY NOT NULL,
	"nonce" text NOT NULL,
	"code_verifier" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "approval" DROP CONSTRAINT "approval_kind_known";--> statement-breakpoint
ALTER TABLE "approval" DROP CONSTRAINT "approval_by_two_people";--> statement-breakpoint
ALTER TABLE "approval" DROP CONSTRAINT "approval_decided_as_a_whole";--> statement-breakpoint
ALTER TABLE "passkey_challenge" DROP CONSTRAINT "passkey_challenge_purpose_known";--> statement-breakpoint
ALTER TABLE "sign_in_ticket" DROP CONSTRAINT "sign_in_ticket_kind_known";--> statement-breakpoint
ALTER TABLE "staff_role" DROP CONSTRAINT "staff_role_known";--> statement-breakpoint
ALTER TABLE "approval" ADD COLUMN "payload" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "approval" ADD COLUMN "expires_at" timestamp with time zone DEFAULT now() + interval '7 days' NOT NULL;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "identity" text;--> statement-breakpoint
ALTER TABLE "staff_session" ADD COLUMN "opened_with" text DEFAULT 'passkey' NOT NULL;--> statement-breakpoint
ALTER TABLE "staff_session" ADD COLUMN "verified_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_identity_unique" UNIQUE("identity");--> statement-breakpoint
ALTER TABLE "approval" ADD CONSTRAINT "approval_decision_known" CHECK ("approval"."decision" in ('approved', 'declined', 'withdrawn', 'expired'));--> statement-breakpoint
ALTER TABLE "approval" ADD CONSTRAINT "approval_kind_known" CHECK ("approval"."kind" ~ '^[a-z-]+[.][a-z-]+$');--> statement-breakpoint
ALTER TABLE "approval" ADD CONSTRAINT "approval_by_two_people" CHECK (("approval"."decided_by" <> "approval"."requested_by") = ("approval"."decision" in ('approved', 'declined')));--> statement-breakpoint
ALTER TABLE "approval" ADD CONSTRAINT "approval_decided_as_a_whole" CHECK (("approval"."decision" is null) = ("approval"."decided_at" is null) and ("approval"."decision" is null or "approval"."decision" = 'expired') = ("approval"."decided_by" is null));--> statement-breakpoint
ALTER TABLE "passkey_challenge" ADD CONSTRAINT "passkey_challenge_purpose_known" CHECK ("passkey_challenge"."purpose" in ('sign-in', 'enrol', 'step-up'));--> statement-breakpoint
ALTER TABLE "sign_in_ticket" ADD CONSTRAINT "sign_in_ticket_kind_known" CHECK ("sign_in_ticket"."kind" in ('demo', 'enrol', 'passkey', 'oidc'));--> statement-breakpoint
ALTER TABLE "staff_role" ADD CONSTRAINT "staff_role_known" CHECK ("staff_role"."role" in ('administrator', 'officer', 'technical-team', 'councillor', 'moderator', 'facilitator', 'oversight', 'auditor'));--> statement-breakpoint
ALTER TABLE "staff_session" ADD CONSTRAINT "staff_session_opened_known" CHECK ("staff_session"."opened_with" in ('demo', 'passkey', 'oidc'));--> statement-breakpoint
-- What was asked stays as it was asked, with what would be done and until when.
CREATE OR REPLACE FUNCTION keep_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.decision IS NOT NULL
    OR (NEW.id, NEW.kind, NEW.subject, NEW.payload, NEW.reason, NEW.requested_by, NEW.requested_at, NEW.expires_at)
      IS DISTINCT FROM (OLD.id, OLD.kind, OLD.subject, OLD.payload, OLD.reason, OLD.requested_by, OLD.requested_at, OLD.expires_at)
  THEN
    RAISE EXCEPTION 'an approval is asked once and decided once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "identity_attempt" TO minka_registry_app;
