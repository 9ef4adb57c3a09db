### Stock, reports, users, sites, items · English
