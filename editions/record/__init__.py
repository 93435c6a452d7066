"""The public record of an edition: how it is built, read, compared and verified."""
