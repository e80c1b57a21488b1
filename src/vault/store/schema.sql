CREATE INDEX audit_by_subject ON audit_entry (subject, sequence);

CREATE INDEX bundle_seen_by_sender ON bundle_seen (sender_key, sequence);

CREATE INDEX case_by_reference ON case_file (reference);

CREATE INDEX consent_by_person ON consent (case_id, person_id);

CREATE INDEX custody_by_evidence ON custody_event (case_id, evidence_id);

CREATE INDEX deadline_by_due ON deadline (due);

CREATE INDEX disclosure_exception_by_person ON disclosure_exception (case_id, person_id);

CREATE INDEX dossier_exhibit_by_evidence ON dossier_exhibit (case_id, evidence_id);

CREATE INDEX evidence_by_hash ON evidence (sha256);

CREATE INDEX evidence_file_by_evidence ON evidence_file (case_id, evidence_id);

CREATE INDEX evidence_file_by_hash ON evidence_file (sha256);

CREATE INDEX evidence_incident_by_incident ON evidence_incident (case_id, incident_id);

CREATE INDEX file_object_by_object ON file_object (object_id);

CREATE INDEX identifier_by_value ON identifier (value);

CREATE INDEX incident_by_date ON incident (date_start);

CREATE INDEX person_name_by_family ON person_name (family);

CREATE INDEX record_by_kind ON record (kind, case_id);

CREATE INDEX record_list_by_value ON record_list (list, value);

CREATE INDEX version_by_record ON record_version (record_id);

CREATE TABLE address (
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    text TEXT NOT NULL CHECK (json_valid(text)),
    confidential INTEGER CHECK (confidential IN (0, 1)),
    custom TEXT NOT NULL CHECK (json_valid(custom)),
    PRIMARY KEY (person_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_entry (
    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    actor_key TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action <> ''),
    subject TEXT NOT NULL,
    version TEXT NOT NULL,
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    head TEXT NOT NULL CHECK (length(head) = 64)
) STRICT;

CREATE TABLE bundle_seen (
    bundle_id TEXT NOT NULL PRIMARY KEY,
    sender_key TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    seen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE bundle_sent (
    recipient_key TEXT NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL CHECK (sequence > 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_file (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
    reference TEXT NOT NULL CHECK (reference <> ''),
    title TEXT NOT NULL CHECK (json_valid(title)),
    client_id TEXT,
    opened_on TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('intake', 'active', 'suspended', 'closed')),
    risk_level TEXT NOT NULL,
    monitoring TEXT NOT NULL,
    summary TEXT NOT NULL CHECK (json_valid(summary)),
    country_of_origin TEXT NOT NULL,
    host_country TEXT NOT NULL,
    lead_lawyer_id TEXT,
    as_of TEXT NOT NULL,
    default_timezone TEXT NOT NULL,
    custom TEXT NOT NULL CHECK (json_valid(custom)),
    FOREIGN KEY (id, client_id) REFERENCES record (case_id, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (id, lead_lawyer_id) REFERENCES record (case_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE consent (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
    case_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    given_on TEXT NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('written', 'recorded_oral', 'implied_none')),
    language TEXT NOT NULL,
    explained_by_id TEXT NOT NULL,
    interpreter_id TEXT NOT NULL,
    identity_use TEXT NOT NULL
        CHECK (identity_use IN ('full_name', 'initials', 'pseudonym_only', 'role_only')),
    review_on TEXT NOT NULL,
    withdrawn_on TEXT NOT NULL,
    custom TEXT NOT NULL CHECK (json_valid(custom)),
    FOREIGN KEY (case_id, person_id) REFERENCES record (case_id, id)
        DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE contact (
    id TEXT NOT NULL PRIMARY KEY,
    display_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    verify_key BLOB NOT NULL UNIQUE CHECK (length(verify_key) = 32),
    opens_with TEXT NOT NULL,
    card TEXT NOT NULL,
    added_at TEXT NOT NULL,
    verified_at TEXT NOT NULL
) STRICT;

CREATE TABLE contact_point (
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    custom TEXT NOT NULL CHECK (json_valid(custom)),
    PRIMARY KEY (person_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact_recipient (
    contact_id TEXT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    recipient TEXT NOT NULL,
    PRIMARY KEY (contact_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE custody_event (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
    case_id TEXT NOT NULL,
    evidence_id TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN (
        'received', 'copied', 'working_copy_made', 'sealed', 'opened', 'transferred',
        'translated', 'printed', 'returned', 'destroyed', 'hash_verified', 'extracted'
    )),
    at TEXT NOT NULL,
    from_person_id TEXT NOT NULL,
    to_person_id TEXT NOT NULL,
    method TEXT NOT NULL,
    seal_or_hash TEXT NOT NULL,
    note TEXT NOT NULL CHECK (json_valid(note)),
    custom TEXT NOT NULL CHECK (json_valid(custom)),
    FOREIGN KEY (case_id, evidence_id) REFERENCES record (case_id, id)
        DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE deadline (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
    case_id TEXT NOT NULL,
    proceeding_id TEXT,
    template TEXT NOT NULL,
    trigger_event_id TEXT,
    starts TEXT NOT NULL,
    due TEXT NOT NULL,
    title TEXT NOT NULL CHECK (json_valid(title)),
    status TEXT NOT NULL,
    user_verified INTEGER CHECK (user_verified IN (0, 1)),
    calc_note TEXT NOT NULL CHECK (json_valid(calc_note)),
    custom TEXT NOT NULL CHECK (json_valid(custom)),
    FOREIGN KEY (case_id, proceeding_id) REFERENCES record (case_id, id)
        DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (case_id, trigger_event_id) REFERENCES record (case_id, id)
        DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE disclosure_exception (
    profile_id TEXT NOT NULL,
    rule INTEGER NOT NULL,
    position INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    PRIMARY KEY (profile_id, rule, position),
    FOREIGN KEY (profile_id, rule) REFERENCES disclosure_rule (profile_id, position)
        ON DELETE CASCADE,
    FOREIGN KEY (case_id, person_id) REFERENCES record (case_id, id)
        DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE disclosure_profile (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
    title TEXT NOT NULL CHECK (json_valid(title)),
    audience TEXT NOT NULL,
    custom TEXT NOT NULL CHECK (json_valid(custom))
) STRICT;

CREATE TABLE disclosure_rule (
    profile_id TEXT NOT NULL REFERENCES disclosure_profile (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    category TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN (
        'keep', 'summary', 'generalise_year', 'generalise_month', 'initials', 'pseudonym',
        'role', 'mask', 'remove'
    )),
    reason TEXT NOT NULL,
    custom TEXT NOT NULL CHECK (json_valid(custom)),
    PRIMARY KEY (profile_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE dossier (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
    case_id TEXT NOT NULL,
    template TEXT NOT NULL,
    language TEXT NOT NULL,
    profile_id TEXT,
    title TEXT NOT NULL CHECK (json_valid(title)),
    status TEXT NOT NULL,
    custom TEXT NOT NULL CHECK (json_valid(custom)),
    FOREIGN KEY (case_id, profile_id) REFERENCES record (case_id, id)
        DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE dossier_exhibit (
    dossier_id TEXT NOT NULL REFERENCES dossier (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    evidence_id TEXT NOT NULL,
    PRIMARY KEY (dossier_id, position),
    FOREIGN KEY (case_id, evidence_id) REFERENCES record (case_id, id)
        DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
    case_id TEXT NOT NULL,
    exhibit_no TEXT NOT NULL,
    title TEXT NOT NULL CHECK (json_valid(title)),
    category TEXT NOT NULL CHECK (category IN (
        'identity_document', 'applicant_statement', 'witness_statement', 'medical_report',
        'expert_report', 'photograph', 'video', 'audio', 'court_or_authority_record',
        'open_source_capture', 'correspondence', 'country_information', 'translation', 'other'
    )),
    huridocs_source_type TEXT NOT NULL,
    language TEXT NOT NULL,
    document_date TEXT NOT NULL,
    obtained_on TEXT NOT NULL,
    source_person_id TEXT,
    how TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size_bytes INTEGER,
    translation_of_id TEXT,
    reliability TEXT NOT NULL,
    confidentiality TEXT NOT NULL,
    sensitive INTEGER CHECK (sensitive IN (0, 1)),
    custom TEXT NOT NULL CHECK (json_valid(custom)),
    FOREIGN KEY (case_id, source_person_id) REFERENCES record (case_id, id)
        DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (case_id, translation_of_id) REFERENCES record (case_id, id)
        DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE evidence_file (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
    case_id TEXT NOT NULL,
    evidence_id TEXT NOT NULL,
    purpose TEXT NOT NULL
        CHECK (purpose IN ('evidentiary', 'working', 'redacted', 'translation')),
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size_bytes INTEGER,
    sha256 TEXT NOT NULL,
    added_at TEXT NOT NULL,
    derived_from_id TEXT,
    custom TEXT NOT NULL CHECK (json_valid(custom)),
    FOREIGN KEY (case_id, evidence_id) REFERENCES record (case_id, id)
        DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (case_id, derived_from_id) REFERENCES record (case_id, id)
        DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE evidence_incident (
    evidence_id TEXT NOT NULL REFERENCES evidence (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    incident_id TEXT NOT NULL,
    PRIMARY KEY (evidence_id, position),
    FOREIGN KEY (case_id, incident_id) REFERENCES record (case_id, id)
        DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE file_object (
    file_id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
    object_id TEXT NOT NULL REFERENCES stored_object (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE identifier (
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    issuer TEXT NOT NULL CHECK (json_valid(issuer)),
    issued_on TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    status TEXT NOT NULL,
    missing_reason TEXT NOT NULL CHECK (json_valid(missing_reason)),
    note TEXT NOT NULL CHECK (json_valid(note)),
    custom TEXT NOT NULL CHECK (json_valid(custom)),
    PRIMARY KEY (person_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE identity (
    only_one INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
    display_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    verify_key BLOB NOT NULL CHECK (length(verify_key) = 32),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE identity_secret (
    name TEXT NOT NULL PRIMARY KEY CHECK (name IN ('signing', 'x25519', 'hybrid')),
    salt BLOB NOT NULL,
    nonce BLOB NOT NULL,
    wrapped BLOB NOT NULL,
    commitment BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
    title TEXT NOT NULL CHECK (json_valid(title)),
    date_start TEXT NOT NULL,
    date_end TEXT NOT NULL,
    date_note TEXT NOT NULL CHECK (json_valid(date_note)),
    description TEXT NOT NULL CHECK (json_valid(description)),
    violation_status TEXT NOT NULL CHECK (
        violation_status IN ('', 'confirmed', 'likely', 'possible', 'unlikely', 'unknown')
    ),
    confidentiality TEXT NOT NULL
        CHECK (confidentiality IN ('public', 'internal', 'restricted', 'secret')),
    is_contextual INTEGER CHECK (is_contextual IN (0, 1)),
    custom TEXT NOT NULL CHECK (json_valid(custom))
) STRICT;

CREATE TABLE incident_place (
    incident_id TEXT NOT NULL PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
    country TEXT NOT NULL,
    admin TEXT NOT NULL CHECK (json_valid(admin)),
    locality TEXT NOT NULL CHECK (json_valid(locality)),
    custom TEXT NOT NULL CHECK (json_valid(custom))
) STRICT, WITHOUT ROWID;

CREATE TABLE other_record (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY REFERENCES record (id),
    kind TEXT NOT NULL CHECK (kind IN ('individual', 'group', 'organisation', 'unidentified')),
    sex TEXT NOT NULL,
    date_of_birth TEXT NOT NULL,
    place_of_birth TEXT NOT NULL CHECK (json_valid(place_of_birth)),
    civil_status TEXT NOT NULL,
    occupation TEXT NOT NULL CHECK (json_valid(occupation)),
    position TEXT NOT NULL CHECK (json_valid(position)),
    rank TEXT NOT NULL CHECK (json_valid(rank)),
    declension_ru TEXT NOT NULL CHECK (json_valid(declension_ru)),
    reliability TEXT NOT NULL,
    confidentiality TEXT NOT NULL
        CHECK (confidentiality IN ('public', 'internal', 'restricted', 'secret')),
    protection TEXT NOT NULL CHECK (json_valid(protection)),
    default_pseudonym TEXT NOT NULL CHECK (json_valid(default_pseudonym)),
    custom TEXT NOT NULL CHECK (json_valid(custom))
) STRICT;

CREATE TABLE person_name (
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    type TEXT NOT NULL CHECK (type IN (
        'legal', 'maiden', 'variant', 'transliteration', 'diminutive', 'nickname', 'call_sign',
        'online_handle', 'descriptor'
    )),
    lang TEXT NOT NULL,
    script TEXT NOT NULL,
    family TEXT NOT NULL,
    given TEXT NOT NULL,
    patronymic TEXT NOT NULL,
    full_name TEXT NOT NULL,
    scheme TEXT NOT NULL,
    custom TEXT NOT NULL CHECK (json_valid(custom)),
    PRIMARY KEY (person_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE record (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 64),
    case_id TEXT NOT NULL REFERENCES record (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL CHECK (kind <> ''),
    ref TEXT NOT NULL CHECK (ref <> ''),
    head TEXT NOT NULL CHECK (head = '' OR length(head) = 64),
    updated_at TEXT NOT NULL,
    sealed_at TEXT NOT NULL DEFAULT '',
    deleted_at TEXT NOT NULL DEFAULT '',
    UNIQUE (case_id, ref),
    UNIQUE (case_id, id)
) STRICT;

CREATE TABLE record_list (
    record_id TEXT NOT NULL REFERENCES record (id),
    list TEXT NOT NULL CHECK (list IN (
        'languages', 'roles', 'citizenships', 'vulnerabilities', 'act_types_summary',
        'purposes', 'not_allowed'
    )),
    position INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (record_id, list, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_version (
    number INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    record_id TEXT NOT NULL REFERENCES record (id),
    content TEXT NOT NULL CHECK (length(content) = 64),
    at TEXT NOT NULL,
    author_name TEXT NOT NULL,
    author_key BLOB NOT NULL CHECK (length(author_key) = 32),
    body TEXT NOT NULL CHECK (json_valid(body)),
    signature BLOB NOT NULL,
    relayed INTEGER NOT NULL CHECK (relayed IN (0, 1)),
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1))
) STRICT;

CREATE VIRTUAL TABLE search_text USING fts5 (
    folded, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);

CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE stored_object (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    version INTEGER NOT NULL CHECK (version > 0),
    salt BLOB NOT NULL,
    nonce BLOB NOT NULL,
    wrapped_key BLOB NOT NULL,
    commitment BLOB NOT NULL,
    size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
    stored_bytes INTEGER NOT NULL CHECK (stored_bytes > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
) STRICT;

CREATE TABLE vault_fact (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE version_parent (
    version TEXT NOT NULL REFERENCES record_version (hash),
    position INTEGER NOT NULL,
    parent TEXT NOT NULL CHECK (length(parent) = 64),
    PRIMARY KEY (version, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit_entry BEGIN
    SELECT RAISE(ABORT, 'the audit trail is never changed');
END;

CREATE TRIGGER audit_never_goes BEFORE DELETE ON audit_entry BEGIN
    SELECT RAISE(ABORT, 'the audit trail is never deleted');
END;

CREATE TRIGGER custody_never_changes BEFORE UPDATE ON custody_event BEGIN
    SELECT RAISE(ABORT, 'the chain of custody is never changed');
END;

CREATE TRIGGER custody_never_goes BEFORE DELETE ON custody_event BEGIN
    SELECT RAISE(ABORT, 'the chain of custody is never deleted');
END;

CREATE TRIGGER version_never_changes BEFORE UPDATE ON record_version BEGIN
    SELECT RAISE(ABORT, 'history is never changed');
END;

CREATE TRIGGER version_never_goes BEFORE DELETE ON record_version BEGIN
    SELECT RAISE(ABORT, 'history is never deleted');
END;

CREATE TRIGGER version_parent_never_changes BEFORE UPDATE ON version_parent BEGIN
    SELECT RAISE(ABORT, 'history is never changed');
END;

CREATE TRIGGER version_parent_never_goes BEFORE DELETE ON version_parent BEGIN
    SELECT RAISE(ABORT, 'history is never deleted');
END;
