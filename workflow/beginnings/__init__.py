"""What a new satsning begins from: a county's template, an earlier satsning, or what another county has published."""
