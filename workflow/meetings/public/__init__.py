"""What everyone may read without logging in: adjusted minutes of bodies that publish."""
