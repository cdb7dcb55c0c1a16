"""Records of one person joined across lists, scripts, spellings and calendars, with the doubt kept."""
