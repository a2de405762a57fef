"""What leaves the archive for other programs: links, citations, tables; one file a format."""
