"""Files to records: read, anchor quotes, find mentions, check, and keep it compiled."""
