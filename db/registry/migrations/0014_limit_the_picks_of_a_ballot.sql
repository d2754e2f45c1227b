ALTER TABLE "contest" ADD COLUMN "max_picks" integer;--> statement-breakpoint
ALTER TABLE "contest" ADD CONSTRAINT "contest_limits_picks_of_an_allocation" CHECK ("contest"."max_picks" is null or ("contest"."kind" = 'allocate' and "contest"."max_picks" between 1 and 100));--> statement-breakpoint
-- Rounds that are still being prepared get what the form would have proposed; what has been opened
-- keeps the rules that its manifest froze.
UPDATE "contest" SET "max_picks" = 10 FROM "round"
  WHERE "round"."id" = "contest"."round_id" AND "round"."state" = 'draft' AND "contest"."kind" = 'allocate';
