"""Makes and judges the listening engine's models. Nothing here runs in the product."""
