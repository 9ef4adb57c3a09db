### Stock, reports, users, sites, items · Español
