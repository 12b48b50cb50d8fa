import Postgres

/// The tables of schema `sluis`.
///
/// Texts that are compared or sorted are `COLLATE "C"`: byte by byte, whatever the locale of the database.
/// Columns that change often stand in no index and no index predicate, so that their updates stay within the
/// page. Indexes begin with what tells most rows apart: before the first ANALYZE the planner takes any column
/// for that.
enum Schema {
    static let migrations = Migrations(schema: "sluis", release: 1, [first, forms, steps])

    private static let forms = Migration(
        2, release: 1, "forms of what is stored",
        """
        -- Every form that something in this ledger may be stored in. Version 0: from before forms had numbers.
        CREATE TABLE sluis.form (
            name text COLLATE "C" NOT NULL,
            version bigint NOT NULL,
            PRIMARY KEY (name, version)
        );
        INSERT INTO sluis.form SELECT 'object', 0 WHERE EXISTS (SELECT FROM sluis.store);
        INSERT INTO sluis.form SELECT 'change', 0 WHERE EXISTS (SELECT FROM sluis.delivery WHERE live);
        """)

    private static let steps = Migration(
        3, release: 1, "calls of plans",
        """
        CREATE TABLE sluis.step (
            delivery bigint NOT NULL,
            number bigint NOT NULL,
            call text NOT NULL,
            -- NULL while nobody knows what came of it.
            result text,
            -- The object that was made there.
            object text COLLATE "C",
            -- What is still to be made in the place of what the call takes away.
            heir text,
            at timestamptz NOT NULL,
            PRIMARY KEY (delivery, number)
        );
        CREATE INDEX step_object ON sluis.step (object) WHERE object IS NOT NULL;
        """)

    private static let first = Migration(
        1, release: 1, "berichten, parts, deliveries, documents",
        """
        -- Numbers berichten and contents; a small body has the number of its bericht.
        CREATE SEQUENCE sluis.number;

        CREATE TABLE sluis.bericht (
            sequence bigint PRIMARY KEY,
            tenant text COLLATE "C" NOT NULL,
            organisatie text COLLATE "C" NOT NULL,
            applicatie text COLLATE "C" NOT NULL,
            administratie text COLLATE "C" NOT NULL,
            referentienummer text COLLATE "C" NOT NULL,
            berichtcode text NOT NULL,
            name text NOT NULL,
            entiteittype text NOT NULL,
            tijdstip_bericht text NOT NULL,
            received timestamptz NOT NULL,
            digest bytea NOT NULL,
            content bytea NOT NULL,
            objects text[] COLLATE "C" NOT NULL,
            kind text,
            -- The object that this bericht claims to create; given up when it is refused.
            creates text COLLATE "C",
            creation bytea,
            -- A content: its own number, or an upload.
            body bigint NOT NULL,
            contents bigint[] NOT NULL,
            state text NOT NULL,
            code text,
            cause text,
            reply bytea,
            -- The bericht that created the same object before, whose deliveries count for this one.
            first bigint,
            -- Its deliveries that are open, and that are dead.
            open integer NOT NULL DEFAULT 0,
            dead integer NOT NULL DEFAULT 0,
            expanded boolean NOT NULL,
            -- A refused one whose referentienummer came again.
            superseded boolean NOT NULL DEFAULT false,
            ended timestamptz,
            swept boolean NOT NULL DEFAULT false
        ) WITH (fillfactor = 60);
        CREATE UNIQUE INDEX bericht_number
            ON sluis.bericht (referentienummer, applicatie, organisatie, administratie, tenant)
            WHERE NOT superseded;
        CREATE UNIQUE INDEX bericht_creates ON sluis.bericht (creates) WHERE creates IS NOT NULL;
        CREATE INDEX bericht_unexpanded ON sluis.bericht (sequence) WHERE NOT expanded;
        CREATE INDEX bericht_received ON sluis.bericht USING brin (received);

        CREATE TABLE sluis.part (
            content bigint NOT NULL,
            piece bigint NOT NULL,
            -- The bericht that adopted it; NULL while it is staged.
            bericht bigint,
            staged timestamptz NOT NULL,
            hash bytea NOT NULL,
            bytes bytea NOT NULL,
            PRIMARY KEY (content, piece)
        );
        CREATE INDEX part_staged ON sluis.part (staged) WHERE bericht IS NULL;

        CREATE TABLE sluis.delivery (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            sequence bigint NOT NULL,
            target text COLLATE "C" NOT NULL,
            objects text[] COLLATE "C" NOT NULL,
            change bytea NOT NULL,
            state text NOT NULL,
            -- Whether it is waiting or sending.
            live boolean NOT NULL,
            -- Whether it holds its objects when it is dead.
            holds boolean NOT NULL,
            -- Sent on its way again after later ones may have passed it.
            redriven boolean NOT NULL DEFAULT false,
            attempt bigint NOT NULL DEFAULT 0,
            fence bigint NOT NULL DEFAULT 0,
            -- When it may be claimed: the next attempt, or the end of the lease.
            due timestamptz NOT NULL,
            code text,
            cause text
        ) WITH (fillfactor = 40);
        CREATE INDEX delivery_live ON sluis.delivery (target, sequence, id) WHERE live;
        CREATE INDEX delivery_sequence ON sluis.delivery (sequence);

        -- The objects of deliveries that others of the same objects wait for.
        CREATE TABLE sluis.delivery_key (
            target text COLLATE "C" NOT NULL,
            key text COLLATE "C" NOT NULL,
            sequence bigint NOT NULL,
            delivery bigint NOT NULL,
            PRIMARY KEY (key, target, sequence, delivery)
        );

        CREATE TABLE sluis.attempt (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            sequence bigint NOT NULL,
            kind text NOT NULL,
            at timestamptz NOT NULL,
            delivery bigint,
            attempt bigint NOT NULL,
            code text,
            cause text
        );
        CREATE INDEX attempt_sequence ON sluis.attempt (sequence);

        CREATE TABLE sluis.store (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            tenant text COLLATE "C" NOT NULL,
            resource text COLLATE "C" NOT NULL,
            key text COLLATE "C" NOT NULL,
            uuid text COLLATE "C" NOT NULL,
            -- NULL when it was removed.
            record bytea,
            sequence bigint NOT NULL,
            as_of timestamptz NOT NULL,
            source text NOT NULL,
            UNIQUE (tenant, resource, key)
        ) WITH (fillfactor = 85);
        CREATE UNIQUE INDEX store_uuid ON sluis.store (uuid, resource, tenant);

        -- Values by which documents are found; path is the resource, a space, and the path.
        CREATE TABLE sluis.store_index (
            document bigint NOT NULL,
            path text COLLATE "C" NOT NULL,
            value bytea NOT NULL
        );
        CREATE INDEX store_index_value ON sluis.store_index (path, substring(value for 512), document);
        CREATE INDEX store_index_document ON sluis.store_index (document);

        -- Parts of documents that are served under an identity of their own.
        CREATE TABLE sluis.store_child (
            tenant text COLLATE "C" NOT NULL,
            resource text COLLATE "C" NOT NULL,
            uuid text COLLATE "C" NOT NULL,
            document bigint NOT NULL,
            PRIMARY KEY (uuid, resource, tenant)
        );
        CREATE INDEX store_child_document ON sluis.store_child (document);

        -- Content that documents point to.
        CREATE TABLE sluis.store_content (
            content bigint NOT NULL,
            document bigint NOT NULL,
            PRIMARY KEY (content, document)
        );
        CREATE INDEX store_content_document ON sluis.store_content (document);

        -- Half the work of the default method; not every server is built with it, and none before 14 knows it.
        DO $$
        BEGIN
            EXECUTE 'ALTER TABLE sluis.part ALTER COLUMN bytes SET COMPRESSION lz4';
            EXECUTE 'ALTER TABLE sluis.delivery ALTER COLUMN change SET COMPRESSION lz4';
            EXECUTE 'ALTER TABLE sluis.store ALTER COLUMN record SET COMPRESSION lz4';
        EXCEPTION WHEN feature_not_supported OR syntax_error THEN NULL;
        END $$;
        """)
}
