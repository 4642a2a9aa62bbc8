"""The funder's report: what came in, what was decided and how long it took. No personal data anywhere."""
