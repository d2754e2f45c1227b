-- The web and the worker share one role without ownership: they read and write rows, never tables.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'minka_registry_app') THEN
    CREATE ROLE minka_registry_app NOLOGIN;
  END IF;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO minka_registry_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO minka_registry_app;
--> statement-breakpoint
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO minka_registry_app;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO minka_registry_app;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO minka_registry_app;
--> statement-breakpoint
-- What was recorded stays recorded: no role of the application rewrites the audit or a decision.
REVOKE UPDATE, DELETE, TRUNCATE ON "audit_entry", "priority_decision", "priority_adoption", "priority_proposal", "issuer_log" FROM minka_registry_app;
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON "credential", "roll_entry", "result", "round", "contest" FROM minka_registry_app;
--> statement-breakpoint
-- pg-boss keeps its queues in a schema of its own, owned by the application role.
CREATE SCHEMA IF NOT EXISTS pgboss AUTHORIZATION minka_registry_app;
--> statement-breakpoint
CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
--> statement-breakpoint
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
