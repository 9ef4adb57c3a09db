"""One kind of record, and the user who may have a certificate."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from morango.models.core import SyncableModel

PROFILE = "people"


class Desk(AbstractUser):
    """Whoever fetches the records. Who may have a certificate is for the application to say."""

    def has_morango_certificate_scope_permission(self, definition, params):
        return self.is_superuser


class Person(SyncableModel):
    """A small record."""

    morango_profile = PROFILE
    morango_model_name = "person"

    number = models.IntegerField()
    root = models.CharField(max_length=32)
    text = models.TextField()

    def calculate_source_id(self, *args, **kwargs):
        return str(self.number)

    def calculate_partition(self, *args, **kwargs):
        return self.root
