"""Records of one person joined across lists, scripts, spellings and calendars, doubt kept."""
