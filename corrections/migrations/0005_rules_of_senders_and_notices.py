"""What can never be of senders and notices; names and addresses stand nowhere else."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corrections", "0004_move_senders")]
    operations = [
        migrations.RemoveConstraint(
            model_name="correction",
            name="correction_says_something",
        ),
        migrations.RemoveField(
            model_name="correction",
            name="email",
        ),
        migrations.RemoveField(
            model_name="correction",
            name="name",
        ),
        migrations.RemoveField(
            model_name="notice",
            name="credit",
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("message", ""), _negated=True),
                    ("words_erased_at__isnull", False),
                    _connector="OR",
                ),
                name="correction_says_something",
                violation_error_message="A correction says what is wrong.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("credit_wanted", False),
                    models.Q(("name_commitment", ""), _negated=True),
                    _connector="OR",
                ),
                name="correction_credit_needs_a_name",
                violation_error_message="Credit needs a name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("words_erased_at", None),
                    models.Q(
                        ("evidence", ""), ("message", ""), ("passage", ""), ("suggestion", "")
                    ),
                    _connector="OR",
                ),
                name="correction_erased_words_are_gone",
                violation_error_message="Words that are erased are gone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "correction",
                            "clarification",
                            "erratum",
                            "addendum",
                            "withdrawal",
                            "expression_of_concern",
                            "concern_lifted",
                            "removal",
                        ],
                    )
                ),
                name="notice_is_of_a_known_kind",
                violation_error_message="There is no such kind of notice.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ("expression_of_concern", "concern_lifted", "removal")),
                        ("mended_in", None),
                    ),
                    models.Q(
                        models.Q(
                            ("kind__in", ("expression_of_concern", "concern_lifted", "removal")),
                            _negated=True,
                        ),
                        ("mended_in__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="notice_names_the_edition_that_mends",
                violation_error_message="A notice names the edition that mends; a concern or a removal has none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "concern_lifted"), ("lifts__isnull", False)),
                    models.Q(models.Q(("kind", "concern_lifted"), _negated=True), ("lifts", None)),
                    _connector="OR",
                ),
                name="notice_lifts_a_concern",
                violation_error_message="A concern is lifted by a notice that names it.",
            ),
        ),
    ]
