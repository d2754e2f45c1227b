-- Versions and what a round froze are written once; imports and additions stay, emptied of people.
GRANT SELECT, INSERT, UPDATE, DELETE ON "roll_import", "roll_import_row", "roll_mapping", "roll_version", "roll_freeze", "roll_addition" TO minka_registry_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON "roll_version", "roll_freeze" FROM minka_registry_app;
--> statement-breakpoint
REVOKE DELETE, TRUNCATE ON "roll_import", "roll_addition" FROM minka_registry_app;
--> statement-breakpoint
REVOKE TRUNCATE ON "roll_import_row", "roll_mapping" FROM minka_registry_app;
