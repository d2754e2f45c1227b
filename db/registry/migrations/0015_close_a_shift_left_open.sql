ALTER TABLE "desk_shift" ADD COLUMN "closed_by" text;--> statement-breakpoint
ALTER TABLE "desk_shift" ADD CONSTRAINT "desk_shift_closed_by_staff_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_shift" ADD CONSTRAINT "desk_shift_closed_by_another" CHECK ("desk_shift"."closed_by" is null or ("desk_shift"."closed_at" is not null and "desk_shift"."closed_by" <> "desk_shift"."officer_id"));--> statement-breakpoint
ALTER TABLE "desk_shift" ADD CONSTRAINT "desk_shift_signed_by_a_third" CHECK ("desk_shift"."signed_by" <> "desk_shift"."closed_by");--> statement-breakpoint
-- Who closed a shift stays as everything else about it does.
CREATE OR REPLACE FUNCTION guard_desk_shift() RETURNS trigger LANGUAGE plpgsql AS $$
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
    (NEW.closed_at, NEW.closing_figures, NEW.closing_papers, NEW.spoiled_papers, NEW.handover_note, NEW.alone_reason, NEW.closed_by)
    IS DISTINCT FROM (OLD.closed_at, OLD.closing_figures, OLD.closing_papers, OLD.spoiled_papers, OLD.handover_note, OLD.alone_reason, OLD.closed_by)
  THEN
    RAISE EXCEPTION 'a closed shift does not change' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.signed_by IS NOT NULL AND (NEW.signed_by, NEW.signed_at) IS DISTINCT FROM (OLD.signed_by, OLD.signed_at) THEN
    RAISE EXCEPTION 'a signature stays' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
