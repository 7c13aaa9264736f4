"""Configuration of a production server, rendered from config/production for its machine: ``bench spbe-produksi`` (docs/deploy.md)."""
