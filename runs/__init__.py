"""What outlives a page: runs, their threads and files, and slow work. Nothing is computed here."""
