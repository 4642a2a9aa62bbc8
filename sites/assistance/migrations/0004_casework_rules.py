from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("assistance", "0003_encrypt_and_count")]

    operations = [
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('status', 'drafted')), models.Q(models.Q(('status', 'drafted'), _negated=True), ('sent_at__isnull', False)), _connector='OR'), name='sent_requests_have_their_date'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('status__in', ['completed', 'declined', 'referred', 'withdrawn'])), models.Q(models.Q(('status__in', ['completed', 'declined', 'referred', 'withdrawn']), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='closed_requests_have_their_date'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer_by__isnull', False), ('status__in', ['received', 'in_review']), ('turn', 'bureau')), models.Q(models.Q(('status__in', ['received', 'in_review']), ('turn', 'bureau'), _negated=True), ('answer_by__isnull', True)), _connector='OR'), name='an_answer_is_promised_in_our_turn'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'drafted'), ('turn', 'requester')), models.Q(('status', 'received'), ('turn', 'bureau')), models.Q(('status__in', ['in_review', 'active']), ('turn__in', ['bureau', 'requester'])), models.Q(('status__in', ['completed', 'declined', 'referred', 'withdrawn']), ('turn', 'nobody')), _connector='OR'), name='one_owner_of_the_turn'),
        ),
    ]
