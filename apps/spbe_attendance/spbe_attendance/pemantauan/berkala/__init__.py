"""The month in a letter to leaders: put together as its reader may see it, sent through the framework's mail queue."""
