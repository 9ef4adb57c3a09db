//! The program as people meet it: the real binary in processes of its own, its files, its exit
//! statuses, its pages. Nothing here reaches into the crates behind it but to prepare what no command
//! can make.

mod browser;
mod chaos;
mod doors;
mod figures;
mod flipped;
mod founding;
mod full_disk;
mod help;
mod hub;
mod kill;
mod link;
mod loss;
mod nodes;
mod publication;
mod published;
mod receipts;
mod refusals;
mod shown;
mod site;
mod splink;
mod stick;
mod told;
mod wire;
