ALTER TABLE "agent" ALTER COLUMN "names_sealed" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "resident" ADD COLUMN "contact_erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "roll_addition" ADD COLUMN "dni_sealed" "bytea";--> statement-breakpoint
ALTER TABLE "resident" ADD CONSTRAINT "resident_contact_stays_erased" CHECK ("resident"."contact_erased_at" is null or num_nonnulls("resident"."phone_sealed", "resident"."phone_hash", "resident"."name_sealed", "resident"."name_hash") = 0);