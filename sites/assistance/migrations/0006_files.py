from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assistance", "0005_answers_seen")]

    operations = [
        migrations.RenameField("attachment", "sha256", "fingerprint"),
        migrations.AlterField(
            "attachment", "fingerprint", models.CharField(editable=False, max_length=64)
        ),
        migrations.AlterField(
            "attachment",
            "scanned_at",
            models.DateTimeField(blank=True, null=True, verbose_name="scanner last asked"),
        ),
        migrations.AlterField(
            "event",
            "action",
            models.CharField(
                choices=[
                    ("started", "Started"),
                    ("send", "Sent"),
                    ("start_review", "Review started"),
                    ("ask_more", "Asked for more"),
                    ("hand_back", "Answered by the requester"),
                    ("activate", "Taken up"),
                    ("decline", "Declined"),
                    ("refer", "Referred"),
                    ("complete", "Completed"),
                    ("withdraw", "Withdrawn"),
                    ("resume", "Taken up again by the requester"),
                    ("reopen", "Reopened"),
                    ("edit", "Answers changed"),
                    ("supplement", "Added or corrected"),
                    ("message", "Message"),
                    ("add_file", "File added"),
                    ("remove_file", "File removed"),
                    ("file_held_back", "File held back by the virus scanner"),
                    ("share", "Section handed to a colleague"),
                    ("share_done", "Section handed back by a colleague"),
                    ("share_ended", "Section taken back from a colleague"),
                    ("ask_endorsement", "Support asked for"),
                    ("endorsed", "Supported"),
                    ("endorsement_ended", "Support no longer asked for, or taken back"),
                    ("join_asked", "Somebody asked to join"),
                    ("outcome", "Told what came of it"),
                    ("release", "Released from quarantine"),
                    ("assign", "Given to somebody"),
                    ("next_action", "Next action"),
                    ("note", "Private note"),
                    ("place", "Place in the directory chosen"),
                    ("redact", "Passage blacked out"),
                    ("link", "Private link mailed again"),
                    ("link_renewed", "Private link replaced"),
                    ("link_revoked", "Private link taken back"),
                    ("remind", "Reminder mailed"),
                ],
                max_length=20,
            ),
        ),
    ]
