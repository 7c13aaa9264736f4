"""Reading for other systems of the regency: keys, scopes, answers, and their description as OpenAPI."""
