"""At the meeting: who is there, jäv, quorum, votes, decisions and reservations."""
