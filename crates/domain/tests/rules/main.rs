//! What the rules promise, whatever anybody asks for in whatever order.

mod access;
mod advising;
mod feedback;
mod giving;
mod moving;
mod paper;
mod pathways;
mod people;
mod promises;
mod publishing;
mod referring;
mod rights;
mod stating;
mod warning;
mod world;
