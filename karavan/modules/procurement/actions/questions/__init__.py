"""Questions of vendors and the answers that every bidder sees."""
