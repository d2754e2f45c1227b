--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "sms_message", "letter_batch", "letter_code", "identity_attempt", "rate_limit" TO minka_registry_app;
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
