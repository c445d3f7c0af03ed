"""What every room stands on: settings, database, errors, events, ids, clock, storage, log."""
