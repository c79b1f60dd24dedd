-- Entries of one ledger, in one PostgreSQL schema. Append, never overwrite (invariant 1).
CREATE TABLE entry (
    position    bigint PRIMARY KEY CHECK (position > 0),
    recorded_at bigint NOT NULL,
    author      text   NOT NULL,
    kind        text   NOT NULL,
    body        bytea  NOT NULL,
    leaf        bytea  NOT NULL CHECK (octet_length(leaf) = 32),
    chain       bytea  NOT NULL CHECK (octet_length(chain) = 32)
);
ALTER TABLE entry ALTER COLUMN body SET STORAGE EXTERNAL; -- Sealed bodies do not compress.
CREATE INDEX entry_kind ON entry (kind, position);

-- Whoever appends locks this row first: that is why the chain never forks.
CREATE TABLE head (
    whole       boolean PRIMARY KEY DEFAULT true CHECK (whole),
    position    bigint NOT NULL,
    recorded_at bigint NOT NULL,
    chain       bytea  NOT NULL CHECK (octet_length(chain) = 32)
) WITH (fillfactor = 20);
INSERT INTO head VALUES (true, 0, 0, decode(repeat('00', 32), 'hex'));

-- What this ledger is called in notifications: a random word that says nothing of the case.
CREATE TABLE ledger (
    whole   boolean PRIMARY KEY DEFAULT true CHECK (whole),
    channel text NOT NULL DEFAULT 'habeas_' || replace(gen_random_uuid()::text, '-', '')
);
INSERT INTO ledger DEFAULT VALUES;

CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append, never overwrite'; END $$;
CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE ON entry
    FOR EACH ROW EXECUTE FUNCTION stays();
CREATE TRIGGER entry_remains BEFORE TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION stays();
