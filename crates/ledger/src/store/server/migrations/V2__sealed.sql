-- A ledger on a server can be sealed: format 1 is plain, format 2 takes sealed bodies only.
ALTER TABLE ledger ADD COLUMN format integer NOT NULL DEFAULT 1 CHECK (format IN (1, 2));
-- Whether something was destroyed or replaced that dead rows and the log still have.
ALTER TABLE ledger ADD COLUMN unwashed boolean NOT NULL DEFAULT false;

-- The holders' slots, as `seal.json` has them in a folder: the case key, wrapped for each.
CREATE TABLE keyring (
    whole boolean PRIMARY KEY DEFAULT true CHECK (whole),
    slots bytea   NOT NULL
);

-- One wrapped secret for each sealed body and blob; a destroyed one is zeros.
CREATE TABLE secret (
    id     bigint PRIMARY KEY CHECK (id >= 0),
    record bytea  NOT NULL CHECK (octet_length(record) = 72)
);
ALTER TABLE secret ALTER COLUMN record SET STORAGE PLAIN;
