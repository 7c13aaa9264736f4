"""Analytics of months for leaders, from the computed days: counted per OPD, shown as far as their reader may see."""
