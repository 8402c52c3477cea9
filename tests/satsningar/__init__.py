"""The matter: its content, what it lacks, its forms, files and differences."""
