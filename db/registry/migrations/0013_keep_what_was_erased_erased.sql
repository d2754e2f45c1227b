ALTER TABLE "agent" ALTER COLUMN "names_sealed" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "resident" ADD COLUMN "contact_erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "roll_addition" ADD COLUMN "dni_sealed" "bytea";--> statement-breakpoint
ALTER TABLE "resident" ADD CONSTRAINT "resident_contact_stays_erased" CHECK ("resident"."contact_erased_at" is null or num_nonnulls("resident"."phone_sealed", "resident"."phone_hash", "resident"."name_sealed", "resident"."name_hash") = 0);--> statement-breakpoint
-- Erasures that were granted before this column: what an import brought back goes again.
UPDATE "resident" r SET "contact_erased_at" = d.at, "phone_sealed" = NULL, "phone_hash" = NULL, "name_sealed" = NULL, "name_hash" = NULL
  FROM (SELECT "resident_id", max("answered_at") AS at FROM "data_request" WHERE "kind" = 'erasure' AND "outcome" = 'granted' GROUP BY 1) d
  WHERE d."resident_id" = r."id";
