from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files; the imports inside CSS and JavaScript modules are rewritten too."""

    support_js_module_import_aggregation = True
