"""Paragraphs and minutes that exist get who led each item, which the journal has, and the marks that stand in them."""

from django.db import migrations

CHAIRS = """
UPDATE workflow_paragraf p SET chair_id = (one->>'chair')::bigint
FROM workflow_journalentry e JOIN workflow_journalpayload c ON c.entry_id = e.id
CROSS JOIN LATERAL jsonb_array_elements(
    CASE WHEN c.content::jsonb ? 'paragrafer' THEN c.content::jsonb->'paragrafer'
    ELSE jsonb_build_array(c.content::jsonb#>'{beslut,mote}') END
) one
WHERE (strpos(c.content, '"paragrafer":[') > 0 OR strpos(c.content, '"mote":{') > 0)
    AND e.act_id = p.act_id AND one->>'item' = p.item_id::text AND one->>'chair' IS NOT NULL
"""
MARKS = """
UPDATE workflow_agendaitem i SET mark_in_minutes = one->>'sekretess'
FROM (SELECT DISTINCT ON (meeting_id) content FROM workflow_protokoll ORDER BY meeting_id, number DESC) newest
CROSS JOIN LATERAL jsonb_array_elements(newest.content::jsonb->'entries') one
WHERE one->>'item_id' = i.id::text AND one->>'sekretess' <> ''
"""


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0020_ordforande_i_arendet"),
    ]

    operations = [
        migrations.RunSQL(CHAIRS, migrations.RunSQL.noop),
        migrations.RunSQL(MARKS, migrations.RunSQL.noop),
    ]
