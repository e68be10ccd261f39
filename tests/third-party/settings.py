"""Django's settings for the schemas that come with it: a shop on PostgreSQL, Chinook in a file."""

import os

SECRET_KEY = "a test"
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
SITE_ID = 1
ROOT_URLCONF = "settings"
urlpatterns = []

if os.environ["SCHEMA"] == "chinook":
    INSTALLED_APPS = ["chinook"]
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["CHINOOK"]}}
else:
    from oscar.defaults import *  # noqa: F403

    _PLAIN = "address analytics basket catalogue checkout communication customer offer order partner payment search shipping voucher wishlists"
    _DESK = "catalogue communications offers orders pages partners ranges reports reviews shipping users vouchers"
    INSTALLED_APPS = [
        *(f"django.contrib.{name}" for name in "admin auth contenttypes flatpages messages sessions sites staticfiles".split()),
        "allauth", "allauth.account", "allauth.mfa", "allauth.socialaccount",
        "oscar.config.Shop", "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig", "oscar.apps.dashboard.apps.DashboardConfig",
        *(f"oscar.apps.{name}.apps.{name.title()}Config" for name in _PLAIN.split()),
        *(f"oscar.apps.dashboard.{name}.apps.{name.title()}DashboardConfig" for name in _DESK.split()),
        "django_tables2", "haystack", "treebeard", "widget_tweaks",
    ]
    HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
    MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware", "allauth.account.middleware.AccountMiddleware",
    ]
    TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
    _AT = os.environ["OSCAR"].removeprefix("postgres://habeas@")
    _SERVER, _NAME = _AT.split("/")
    _HOST, _PORT = _SERVER.split(":")
    DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": _NAME, "HOST": _HOST, "PORT": _PORT, "USER": "habeas"}}
