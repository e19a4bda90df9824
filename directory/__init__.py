"""WHERE help is: places, services, permanences, opening hours, distances."""
