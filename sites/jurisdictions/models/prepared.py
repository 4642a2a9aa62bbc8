"""Files and drawings that are made when the places change, and only read when somebody asks for them."""

from django.db import models


class PreparedFile(models.Model):
    """The bytes of one file, compressed with gzip, and the state of the directory that they were made of."""

    name = models.CharField(max_length=100, unique=True)
    tag = models.CharField(max_length=40)
    body = models.BinaryField()
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return self.name
