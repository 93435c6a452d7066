"""The mirror: what readers may read, as files that outlive the site."""
