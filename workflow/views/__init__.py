"""The pages of cases on their way: each finds what it shows, calls one act, and keeps no rule of its own."""
