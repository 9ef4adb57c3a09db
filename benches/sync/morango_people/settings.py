"""Django's settings: SQLite as Kolibri sets it up, morango as it comes."""

import os

SECRET_KEY = "measured-on-loopback-only"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
USE_TZ = True
ROOT_URLCONF = "morango.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "morango",
    "morango_people",
]
AUTH_USER_MODEL = "morango_people.Desk"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ["PEOPLE_DATABASE"],
        "OPTIONS": {"timeout": 100},
    }
}
