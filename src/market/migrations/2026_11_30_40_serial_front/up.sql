-- Moves read a holder's blocks from the front, and those beside a number.
DROP INDEX serial_block_holder;
CREATE INDEX serial_block_holder ON serial_block (product, holder, "state", "first");
