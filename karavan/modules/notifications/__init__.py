"""Who is told of what has happened: the feed, mail by preference, and hints that make open pages read again."""
