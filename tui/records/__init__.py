"""What an archive can say: sources, records, facts and the evidence they stand on. No I/O."""
