"""Rows of their own for senders, commitments to them, and notices without a new edition."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corrections", "0002_desk_of_corrections"), ("editions", "0010_removals")]
    operations = [
        migrations.RemoveConstraint(
            model_name="correction",
            name="correction_credit_needs_a_name",
        ),
        migrations.CreateModel(
            name="SenderDetails",
            fields=[
                (
                    "correction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="sender_details",
                        serialize=False,
                        to="corrections.correction",
                        verbose_name="correction",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("name_salt", models.CharField(blank=True, editable=False, max_length=64)),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("email_salt", models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                "verbose_name": "sender",
                "verbose_name_plural": "senders",
                "permissions": [("erase_sender", "Can erase the name and address of a sender")],
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="senderdetails",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", ""), ("name", ""), _negated=True),
                name="sender_is_not_blank",
                violation_error_message="A sender has a name or an address.",
            ),
        ),
        migrations.AddConstraint(
            model_name="senderdetails",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("name", ""), ("name_salt", "")),
                        models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("name_salt", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("email", ""), ("email_salt", "")),
                        models.Q(
                            models.Q(("email", ""), _negated=True),
                            models.Q(("email_salt", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                ),
                name="sender_value_and_salt_stay_and_go_together",
                violation_error_message="A value and its salt stay and go together.",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="email_commitment",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="correction",
            name="name_commitment",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="correction",
            name="words_erased_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="words erased"),
        ),
        migrations.AddField(
            model_name="notice",
            name="credit_commitment",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="notice",
            name="lifts",
            field=models.OneToOneField(
                blank=True,
                help_text="The expression of concern that is lifted by it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lifted_by",
                to="corrections.notice",
                verbose_name="lifts",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_is_not_about_a_first_edition",
        ),
        migrations.AlterField(
            model_name="notice",
            name="found_in",
            field=models.ForeignKey(
                help_text="The edition that it speaks of; of a concern, the one then in print.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices_found",
                to="editions.edition",
                verbose_name="found in",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("correction", "Correction"),
                    ("clarification", "Clarification"),
                    ("erratum", "Erratum"),
                    ("addendum", "Addendum"),
                    ("expression_of_concern", "Expression of concern"),
                    ("concern_lifted", "Expression of concern lifted"),
                    ("withdrawal", "Withdrawal"),
                    ("removal", "Removal"),
                ],
                max_length=30,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="mended_in",
            field=models.ForeignKey(
                blank=True,
                help_text="The edition that says it rightly, or withdraws it; none has a concern.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="editions.edition",
                verbose_name="mended in",
            ),
        ),
        migrations.AlterField(
            model_name="correction",
            name="message",
            field=models.TextField(
                blank=True,
                validators=[django.core.validators.MaxLengthValidator(5000)],
                verbose_name="what is wrong",
            ),
        ),
    ]
