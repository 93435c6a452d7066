"""make bench: what readers' pages cost, each beside a bare Django view under the same server."""
