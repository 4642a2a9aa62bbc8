"""Static files for production: hashed names, compressed twins, and one stylesheet instead of twenty."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Stylesheets whose imports are put in their place when static files are collected. In development the
# browser follows the imports itself; in production each would cost the reader a round trip.
BUNDLES = ("css/main.css", "css/embed.css")
_IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>[\w-]+)\);')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def bundle(source: str, read) -> str:
    """The stylesheet with every `@import url("x") layer(y);` replaced by that file inside `@layer y {}`.

    read(path) gives the text of an imported file. Imported files hold no url(): a folder's depth would
    change its meaning; raises ValueError for one that does.
    """

    def inline(match: re.Match) -> str:
        text = _COMMENT.sub("", read(match["path"]))
        if "url(" in text:
            raise ValueError(f"{match['path']} holds a url(), which does not survive bundling.")
        return f"@layer {match['layer']} {{\n{text.strip()}\n}}"

    return _IMPORT.sub(inline, _COMMENT.sub("", source))


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files; imports of JavaScript modules are rewritten to the hashed names."""

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        for name in BUNDLES:
            if name in paths and not dry_run:
                self._write_bundle(name, paths)
        yield from super().post_process(paths, dry_run, **options)

    def _write_bundle(self, name: str, paths) -> None:
        def read(path: str) -> str:
            storage, name = paths[path]
            with storage.open(name) as file:
                return file.read().decode()

        folder = name.rpartition("/")[0]
        text = bundle(read(name), lambda path: read(f"{folder}/{path}"))
        self.delete(name)
        self._save(name, ContentFile(text.encode()))
        paths[name] = (self, name)
