### Stock, reports, users, sites, items · Français
