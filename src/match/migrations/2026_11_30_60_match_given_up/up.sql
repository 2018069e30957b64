-- Runs whose job had ended without them waited until somebody began another; their jobs tell them now.
UPDATE match_run SET state = 'failed', ended_at = started_at
WHERE state = 'running' AND job NOT IN (SELECT id FROM job WHERE state IN ('queued', 'running'));
