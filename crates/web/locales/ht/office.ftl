### Stock, reports, users, sites, items · Kreyòl
### not yet reviewed by a speaker
