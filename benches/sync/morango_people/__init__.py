"""A small Django application whose records are synced by morango, as Kolibri syncs its learners'."""
