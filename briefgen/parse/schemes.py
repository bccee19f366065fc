"""Which addresses leave the site: the model's answer, under the name that `build` knows it by."""

from briefgen.model.addresses import leaves_the_site as is_external

__all__ = ["is_external"]
